using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Engine.Choosing.Witnessing;

/// <summary>One decision as it was made, with everything needed to draw its circuit and its laws again. Immutable. [any]</summary>
public sealed record DecisionRecord
{
    /// <summary>Which of those written down, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Which of the session's answers it belongs to, from 1.</summary>
    public required ulong Answer { get; init; }

    /// <summary>Which of the partner's voices it chose for, from 0, the leading one.</summary>
    public required int Voice { get; init; }

    /// <summary>Musical time of the note.</summary>
    public required Beats On { get; init; }

    /// <summary>The chain's name in presets.</summary>
    public required string Chain { get; init; }

    /// <summary>What the chain was made of, in one sentence.</summary>
    public required string Words { get; init; }

    /// <summary>The pitches it was chosen among, ascending.</summary>
    public required ImmutableArray<int> Candidates { get; init; }

    /// <summary>How much shaping favoured each, more than 0; 1 leaves the law as it is.</summary>
    public required ImmutableArray<double> Favour { get; init; }

    /// <summary>The law it was drawn from, one entry a candidate, sum 1.</summary>
    public required ImmutableArray<double> Law { get; init; }

    /// <summary>The index of the candidate that came.</summary>
    public required int Chosen { get; init; }

    /// <summary>Shots that were thrown away before.</summary>
    public required int Redraws { get; init; }

    /// <summary>Whether a shot was kept within the bound; else the last one's note was taken.</summary>
    public required bool Kept { get; init; }

    /// <summary>How much the members agreed; null where the chain asks none.</summary>
    public required double? Consensus { get; init; }

    /// <summary>The probability that one shot was kept, 0 to 1.</summary>
    public required double KeptShare { get; init; }

    /// <summary>Qubits of the register that was read as the note.</summary>
    public required int NoteQubits { get; init; }

    /// <summary>What the council said and weighed; null of another chain.</summary>
    public CouncilRecord? Council { get; init; }

    /// <summary>The council's memory after the note, row by row; empty of another chain.</summary>
    public ImmutableArray<Complex> After { get; init; } = [];

    /// <summary>The circuit of a chain other than the council, as it was prepared.</summary>
    internal Circuit? Prepared { get; init; }

    /// <summary>The circuit that was measured. Of a council it is built from what was written down. Allocates.</summary>
    public Circuit ToCircuit() => Prepared ?? Council!.ToCircuit();

    /// <summary>The note register's laws, one above the other; of a chain that asks no council only <see cref="DecisionLaws.Shaped"/> is known. Allocates.</summary>
    public DecisionLaws ToLaws()
    {
        if (Council is not { } council) return new DecisionLaws { Shaped = Law };
        return new DecisionLaws
        {
            Shaped = Law,
            Coherent = council.Law(1),
            Dephased = council.Law(0),
            Interfered = council.Free(council.Coherence, Favour.AsSpan()),
            Blend = council.Free(0, Favour.AsSpan()),
        };
    }
}
