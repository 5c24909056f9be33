using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// A hidden quantum Markov model as a circuit of several notes: one unitary on memory and emission register for every note, after which the emission is measured and reset and the memory is left
/// alone. The emission holds the low qubits, the memory the high ones. Immutable; made once, written for any number of notes.
/// </summary>
public sealed class HiddenChainCircuit
{
    /// <summary>The most qubits of emission and memory together: the widest matrix a circuit holds.</summary>
    public const int MostQubits = 6;

    private readonly KrausSet _set;

    /// <summary>Completes the stacked operators to a unitary.</summary>
    /// <exception cref="ArgumentException">Memory and emission need more than six qubits.</exception>
    public HiddenChainCircuit(KrausSet set)
    {
        _set = set;
        (EmissionQubits, MemoryQubits) = (QubitsFor(set.Symbols * set.Branches), QubitsFor(set.Levels));
        if (EmissionQubits + MemoryQubits > MostQubits)
            throw new ArgumentException($"{set.Symbols} symbols with {set.Branches} operators and {set.Levels} levels need {EmissionQubits + MemoryQubits} qubits; at most {MostQubits} are allowed.", nameof(set));
        Unitary = Complete();
    }

    /// <summary>Qubits 0 upwards: the symbol and its branch, as symbol x branches + branch.</summary>
    public int EmissionQubits { get; }

    /// <summary>The qubits above: the memory, never measured at full coherence.</summary>
    public int MemoryQubits { get; }

    /// <summary>The unitary of one note on emission and memory: column (m, 0) is sum K_(y,j)|m>|y,j>.</summary>
    internal Complex[,] Unitary { get; }

    /// <summary>The most notes of one circuit: its 64 classical bits hold the emission of each, and with dephasing the coin and the memory's reading.</summary>
    /// <param name="dephased">Whether the memory is dephased.</param>
    public int MostNotes(bool dephased = false) => (Circuit.MostBits - (dephased ? 1 + MemoryQubits : 0)) / EmissionQubits;

    /// <summary>
    /// Writes the circuit. Note t stands in the bits t x <see cref="EmissionQubits"/> upwards (<see cref="Symbol"/> reads it). With dephasing, a coin, thrown on a free emission qubit after every note, decides
    /// whether the memory is measured and the result thrown away.
    /// </summary>
    /// <param name="notes">1 to <see cref="MostNotes"/>.</param>
    /// <param name="start">The memory at the beginning, one amplitude a level; empty for level 0.</param>
    /// <param name="dephasing">0 to 1.</param>
    public Circuit Build(int notes, ReadOnlySpan<Complex> start = default, double dephasing = 0)
    {
        if (!(dephasing >= 0 && dephasing <= 1)) throw new ArgumentOutOfRangeException(nameof(dephasing), dephasing, "The dephasing is a number from 0 to 1.");
        var dephased = dephasing > 0;
        if (notes < 1 || notes > MostNotes(dephased)) throw new ArgumentOutOfRangeException(nameof(notes), notes, $"A circuit of this chain has 1 to {MostNotes(dephased)} notes.");
        if (start.Length != 0 && start.Length != _set.Levels) throw new ArgumentException($"Got {start.Length} amplitudes; the memory has {_set.Levels} levels.", nameof(start));

        var coin = notes * EmissionQubits;
        int[] memory = [.. Enumerable.Range(EmissionQubits, MemoryQubits)];
        var circuit = new CircuitBuilder(EmissionQubits + MemoryQubits, coin + (dephased ? 1 + MemoryQubits : 0));
        if (start.Length > 0)
        {
            var amplitudes = new Complex[1 << MemoryQubits];
            start.CopyTo(amplitudes);
            circuit.Prepare(amplitudes, memory);
        }

        for (var note = 0; note < notes; note++)
        {
            circuit.Unitary(Unitary, [.. Enumerable.Range(0, EmissionQubits + MemoryQubits)]);
            for (var q = 0; q < EmissionQubits; q++) circuit.Measure(q, (note * EmissionQubits) + q);
            if (note == notes - 1) break;
            for (var q = 0; q < EmissionQubits; q++) circuit.Reset(q);
            if (!dephased) continue;
            circuit.RY(2 * Math.Atan2(Math.Sqrt(dephasing), Math.Sqrt(1 - dephasing)), 0).Measure(0, coin).Reset(0);
            for (var q = 0; q < MemoryQubits; q++) circuit.If(coin).Measure(memory[q], coin + 1 + q);
        }

        return circuit.Build();
    }

    /// <summary>The symbol that a shot's classical bits hold for a note.</summary>
    /// <param name="bits">The word of classical bits.</param>
    /// <param name="note">0 to the circuit's notes - 1.</param>
    public int Symbol(ulong bits, int note) => (int)(bits >> (note * EmissionQubits) & ((1UL << EmissionQubits) - 1)) / _set.Branches;

    // Column (m, emission 0) is sum K_(y,j)|m>|y,j>. The others are never reached: whatever is orthogonal will do.
    private Complex[,] Complete()
    {
        var size = 1 << (EmissionQubits + MemoryQubits);
        var unitary = new Complex[size, size];
        var done = new List<int>();
        for (var m = 0; m < _set.Levels; m++)
        {
            var column = m << EmissionQubits;
            for (var code = 0; code < _set.Symbols * _set.Branches; code++)
            {
                for (var to = 0; to < _set.Levels; to++) unitary[(to << EmissionQubits) | code, column] = _set[code / _set.Branches, code % _set.Branches, to, m];
            }

            done.Add(column);
        }

        // A candidate that is mostly spanned already would leave only rounding behind; some basis vector always keeps at least 1/size of its square.
        var candidate = 0;
        foreach (var column in Enumerable.Range(0, size).Except(done).ToArray())
        {
            while (!Fill(unitary, column, candidate++ % size, done))
            {
            }

            done.Add(column);
        }

        return unitary;
    }

    private static bool Fill(Complex[,] unitary, int column, int candidate, List<int> done)
    {
        var size = unitary.GetLength(0);
        var vector = new Complex[size];
        vector[candidate] = 1;
        double length = 0;

        // Twice is enough (Kahan).
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var other in done)
            {
                Complex overlap = 0;
                for (var i = 0; i < size; i++) overlap += Complex.Conjugate(unitary[i, other]) * vector[i];
                for (var i = 0; i < size; i++) vector[i] -= overlap * unitary[i, other];
            }

            length = Math.Sqrt(vector.Sum(z => (z.Real * z.Real) + (z.Imaginary * z.Imaginary)));
            if (length * length < .5 / size) return false;
        }

        for (var i = 0; i < size; i++) unitary[i, column] = vector[i] / length;
        return true;
    }

    private static int QubitsFor(int codes) => Math.Max(1, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(codes - 1)));
}
