using System.Numerics;

namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>Finds stretches in which two qubits meet nobody else and writes those anew that can do with fewer pairs.</summary>
internal sealed class PairBlocks
{
    private readonly Weave _weave;
    private readonly Block?[] _open;

    private PairBlocks(int qubits) => (_weave, _open) = (new Weave(qubits), new Block?[qubits]);

    internal static Weave Shortened(Weave weave, int qubits)
    {
        var blocks = new PairBlocks(qubits);
        foreach (var strand in weave.Strands) blocks.Add(strand);
        for (var q = 0; q < qubits; q++) blocks.Close(q);
        return blocks._weave;
    }

    private void Add(Strand strand)
    {
        var (first, second) = (strand.Qubits[0], strand.Qubits[^1]);
        if (strand.IsFreeTurn && _open[first] is { } around)
        {
            around.Add(strand);
            return;
        }

        if (strand.Kind == StrandKind.Cz && strand.Condition.Always)
        {
            if (_open[first] is null || _open[first] != _open[second])
            {
                Close(first);
                Close(second);
                _open[first] = _open[second] = new Block(first, second);
            }

            _open[first]!.Add(strand);
            return;
        }

        foreach (var q in strand.Qubits) Close(q);
        Write(strand);
    }

    private void Close(int qubit)
    {
        if (_open[qubit] is not { } block) return;
        _open[block.First] = _open[block.Second] = null;
        if (block.Pairs > 1 && PairSynthesis.Of(block.Unitary) is { } synthesis && synthesis.Pairs < block.Pairs) synthesis.WriteTo(_weave, block.First, block.Second);
        else block.Strands.ForEach(Write);
    }

    private void Write(Strand strand)
    {
        if (strand.Kind == StrandKind.Turn) _weave.AddTurn(strand.Qubits[0], strand.Turn, strand.Condition);
        else if (strand.Kind == StrandKind.Cz) _weave.AddCz(strand.Qubits[0], strand.Qubits[1], strand.Condition);
        else if (strand.Kind == StrandKind.Native) _weave.AddNative(strand.Operation!);
        else _weave.AddOther(strand.Operation!);
    }

    private sealed class Block(int first, int second)
    {
        internal int First { get; } = first;

        internal int Second { get; } = second;

        internal int Pairs { get; private set; }

        internal List<Strand> Strands { get; } = [];

        internal Complex[,] Unitary { get; } = new Complex[4, 4] { { 1, 0, 0, 0 }, { 0, 1, 0, 0 }, { 0, 0, 1, 0 }, { 0, 0, 0, 1 } };

        internal void Add(Strand strand)
        {
            Strands.Add(strand);
            for (var column = 0; column < 4; column++)
            {
                if (strand.Kind == StrandKind.Cz) Unitary[3, column] = -Unitary[3, column];
                else if (strand.Qubits[0] == First) Turn(strand.Turn, column, 1, 2);
                else Turn(strand.Turn, column, 2, 1);
            }

            if (strand.Kind == StrandKind.Cz) Pairs++;
        }

        // On the rows that differ in one bit, for both values of the other.
        private void Turn(Turn turn, int column, int bit, int other)
        {
            foreach (var row in (ReadOnlySpan<int>)[0, other])
            {
                var (zero, one) = (Unitary[row, column], Unitary[row | bit, column]);
                Unitary[row, column] = (turn.A * zero) + (turn.B * one);
                Unitary[row | bit, column] = (turn.C * zero) + (turn.D * one);
            }
        }
    }
}
