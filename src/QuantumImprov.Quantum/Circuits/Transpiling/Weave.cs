namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>
/// A circuit as turns and pairs that simplifies itself while it grows: neighbouring turns of a qubit under the same condition become one, turns that do nothing go, and two CZ on the same pair cancel when only turns about z stand between
/// them, which may lay bare the next two. The order on every qubit stays, and so does that of everything that reads or asks classical bits.
/// </summary>
internal sealed class Weave(int qubits)
{
    private readonly List<Strand> _strands = [];
    private readonly List<Strand>[] _on = [.. Enumerable.Range(0, qubits).Select(_ => new List<Strand>())];

    internal IEnumerable<Strand> Strands => _strands.Where(s => !s.Gone);

    internal void AddTurn(int qubit, Turn turn, Condition condition = default)
    {
        if (turn.IsIdentity) return;
        if (Top(qubit) is { Kind: StrandKind.Turn } last && last.Condition == condition && !AnsweredAnew(condition, last)) Merge(last, turn);
        else Push(new Strand(StrandKind.Turn, [qubit], condition) { Turn = turn });
    }

    internal void AddCz(int a, int b, Condition condition = default)
    {
        if (condition.Always && Beneath(a, Turn.Identity) is { } pair && pair == Beneath(b, Turn.Identity))
        {
            Remove(pair);
            Settle(a);
            Settle(b);
            return;
        }

        Push(new Strand(StrandKind.Cz, [a, b], condition));
    }

    internal void AddCx(int control, int target, Condition condition = default)
    {
        AddTurn(target, Turn.H, condition);
        AddCz(control, target, condition);
        AddTurn(target, Turn.H, condition);
    }

    /// <summary>Three CX, begun the way round in which the first of them cancels, if there is one.</summary>
    internal void AddSwap(int a, int b)
    {
        var turned = Beneath(b, Turn.Identity) is { } pair && pair == Beneath(a, Turn.H);
        var (first, second) = turned ? (b, a) : (a, b);
        AddCx(first, second);
        AddCx(second, first);
        AddCx(first, second);
    }

    internal void AddNative(Operation pair) => Push(new Strand(StrandKind.Native, [.. pair.Qubits], pair.Condition) { Operation = pair });

    internal void AddOther(Operation operation) => Push(new Strand(StrandKind.Other, [.. operation.Qubits], operation.Condition) { Operation = operation });

    // Whether a bit that the condition asks may have changed since.
    private bool AnsweredAnew(Condition condition, Strand since)
    {
        if (condition.Always) return false;
        for (var i = _strands.Count - 1; _strands[i] != since; i--)
        {
            if (_strands[i].Operation is { Bit: >= 0 } measurement && (condition.Mask >> measurement.Bit & 1) != 0) return true;
        }

        return false;
    }

    private Strand? Top(int qubit) => _on[qubit].LastOrDefault();

    // The unconditional CZ that would be next on the qubit if what stands above it and a further turn are about z.
    private Strand? Beneath(int qubit, Turn further)
    {
        var on = _on[qubit];
        var at = on.Count - 1;
        if (at >= 0 && on[at].IsFreeTurn) further = on[at--].Turn.Then(further);
        return further.IsDiagonal && at >= 0 && on[at].Kind == StrandKind.Cz && on[at].Condition.Always ? on[at] : null;
    }

    // Where a pair has gone two turns may have become neighbours.
    private void Settle(int qubit)
    {
        var on = _on[qubit];
        if (on.Count < 2 || !on[^1].IsFreeTurn || !on[^2].IsFreeTurn) return;
        var (below, above) = (on[^2], on[^1]);
        Remove(above);
        Merge(below, above.Turn);
    }

    private void Merge(Strand turn, Turn next)
    {
        turn.Turn = turn.Turn.Then(next);
        if (turn.Turn.IsIdentity) Remove(turn);
    }

    private void Push(Strand strand)
    {
        _strands.Add(strand);
        foreach (var q in strand.Qubits) _on[q].Add(strand);
    }

    private void Remove(Strand strand)
    {
        strand.Gone = true;
        foreach (var q in strand.Qubits) _on[q].RemoveAt(_on[q].LastIndexOf(strand));
    }
}
