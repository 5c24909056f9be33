using System.Collections.Immutable;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Session;

/// <summary>An answer as it was decided, all of it, with what is needed to draw it. Immutable. [any]</summary>
public sealed record AnswerView
{
    /// <summary>Which of the session's answers, from 1.</summary>
    public required ulong Number { get; init; }

    /// <summary>When it was decided.</summary>
    public required HostTime Decided { get; init; }

    /// <summary>The bridge from its beats to the clock.</summary>
    public required Timeline Timeline { get; init; }

    /// <summary>How long the output lets its notes wait.</summary>
    public LatencyTable Latency { get; init; } = LatencyTable.None;

    /// <summary>Where it begins; a felt beat.</summary>
    public required Beats Start { get; init; }

    /// <summary>Where it is over, its last rest included.</summary>
    public required Beats End { get; init; }

    /// <summary>What becomes of the call's opening.</summary>
    public required MotifForm Motif { get; init; }

    /// <summary>Where the part ends that takes up an opening; null when none does.</summary>
    public required Beats? MotifEnds { get; init; }

    /// <summary>Its notes, in order of time.</summary>
    public required ImmutableArray<AheadNote> Notes { get; init; }

    /// <summary>The number of the decision that chose each of <see cref="Notes"/>; 0 where none was written down, as of the lower notes of a chord.</summary>
    public required ImmutableArray<long> Decisions { get; init; }

    /// <summary>When <paramref name="note"/> sounds.</summary>
    public HostTime SoundOf(in AheadNote note) => PlanAhead.SoundOf(note, Timeline, Decided, Latency);
}
