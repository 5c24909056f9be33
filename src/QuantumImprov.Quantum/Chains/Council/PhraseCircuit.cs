using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// Several notes of a council as one circuit for devices that read in the middle: after each note the note register, the ancilla and the selector are read and reset, and the memory goes on unread from note to note. This is the chain itself, as a
/// device runs it. A phrase is kept when every selector and ancilla read 0. Immutable.
/// </summary>
public sealed class PhraseCircuit
{
    private readonly ImmutableArray<(int Note, int Guard)> _widths;

    private PhraseCircuit(Circuit circuit, ImmutableArray<(int Note, int Guard)> widths, ImmutableArray<int> candidates) => (Circuit, _widths, Candidates) = (circuit, widths, candidates);

    /// <summary>The circuit: at most 64 classical bits.</summary>
    public Circuit Circuit { get; }

    /// <summary>How many candidates each note has.</summary>
    public ImmutableArray<int> Candidates { get; }

    /// <summary>Notes of a phrase.</summary>
    public int Length => Candidates.Length;

    /// <summary>Builds a phrase.</summary>
    /// <param name="steps">What each note is made of; all with as many memory qubits.</param>
    /// <param name="memory">The pure state the memory begins in, one amplitude a level; empty without a memory.</param>
    /// <exception cref="ArgumentException">There are no steps, a step is at fault, or the phrase reads more than 64 bits.</exception>
    public static PhraseCircuit Build(IReadOnlyList<PhraseStep> steps, ReadOnlySpan<Complex> memory)
    {
        if (steps.Count == 0) throw new ArgumentException("A phrase has at least one note.", nameof(steps));
        var parts = new List<(Circuit Circuit, int Note, int Memory, int Guard)>();
        foreach (var step in steps)
        {
            var council = new CouncilStep(step.Weights.Length, step.Candidates, MemoryOperators.MostQubits);
            var start = step.Operators is null ? null : Start(step.Operators.Qubits);
            council.Prepare(step.Terms, start);
            var first = parts.Count == 0;
            var circuit = council.ToCircuit(step.Operators is null ? [] : first ? memory : Ground(step.Operators.Levels));
            parts.Add((first || step.Operators is null ? circuit : WithoutStart(circuit), Math.Max(1, council.NoteQubits), council.MemoryQubits, council.AncillaQubits + council.SelectorQubits));
        }

        var (note, guard, levels) = (parts.Max(p => p.Note), parts.Max(p => p.Guard), parts[0].Memory);
        var bits = parts.Sum(p => p.Note + p.Guard);
        if (bits > Circuit.MostBits) throw new ArgumentException($"The phrase reads {bits} bits; {Circuit.MostBits} are allowed.", nameof(steps));
        var whole = new CircuitBuilder(note + levels + guard, bits);
        var offset = 0;
        for (var t = 0; t < parts.Count; t++)
        {
            var part = parts[t];
            // Notes first, then the memory, then what guards: each at the same place in every step.
            int[] map = [.. Enumerable.Range(0, part.Note), .. Enumerable.Range(note, part.Memory), .. Enumerable.Range(note + levels, part.Guard)];
            foreach (var operation in part.Circuit.Operations)
            {
                var moved = operation.On(map);
                whole.Add(operation.Gate.Shape == GateShape.Measurement ? new Operation(operation.Gate, moved.Qubits, bit: operation.Bit + offset) : moved);
            }

            offset += part.Note + part.Guard;
            if (t + 1 == parts.Count) continue;
            foreach (var q in Enumerable.Range(0, part.Note).Concat(Enumerable.Range(note + levels, part.Guard))) whole.Reset(q);
        }

        return new PhraseCircuit(whole.Build(), [.. parts.Select(p => (p.Note, p.Guard))], [.. steps.Select(s => s.Candidates)]);
    }

    /// <summary>Reads a shot into <paramref name="phrase"/>, one candidate a note; false when it is not kept.</summary>
    public bool Read(ulong word, Span<int> phrase)
    {
        for (var t = 0; t < Length; t++)
        {
            var (note, guard) = _widths[t];
            phrase[t] = (int)(word & ((1UL << note) - 1));
            if ((word >> note & ((1UL << guard) - 1)) != 0 || phrase[t] >= Candidates[t]) return false;
            word = note + guard == 64 ? 0 : word >> (note + guard);
        }

        return true;
    }

    private static CouncilMemory Start(int qubits) => new(qubits, 0);

    private static Complex[] Ground(int levels)
    {
        var state = new Complex[levels];
        state[0] = 1;
        return state;
    }

    // The memory is there already: nothing is loaded into it.
    private static Circuit WithoutStart(Circuit circuit) => new(circuit.Qubits, circuit.Bits, [.. circuit.Operations.Where((o, i) => i > 0 || o.Gate.Name != "prep")]);
}
