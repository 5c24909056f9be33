using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>A session as its journal tells it, all on the session's own clock and in the order it was written in. Immutable.</summary>
public sealed record SessionRecord
{
    /// <summary>What the session started from.</summary>
    public required JournalHeader Header { get; init; }

    /// <summary>What the performer sent, at the times it was played.</summary>
    public required ImmutableArray<TimedMessage> Performer { get; init; }

    /// <summary>When the session was told of each message of <see cref="Performer"/>: then, or later where a page was busy.</summary>
    public required ImmutableArray<HostTime> Told { get; init; }

    /// <summary>What the partner sent.</summary>
    public required ImmutableArray<TimedMessage> Partner { get; init; }

    /// <summary>The timelines in order of time; the first is the header's, from the clock origin on.</summary>
    public required ImmutableArray<TimelineSegment> Timelines { get; init; }

    /// <summary>The commands that were given.</summary>
    public required ImmutableArray<JournalCommand> Commands { get; init; }

    /// <summary>What else was worth knowing.</summary>
    public required ImmutableArray<JournalRemark> Remarks { get; init; }

    /// <summary>The latest instant the journal knows of; not before the clock origin.</summary>
    public required HostTime Latest { get; init; }

    /// <summary>Whether the session closed its journal; false when it died.</summary>
    public required bool ClosedProperly { get; init; }

    /// <summary>What could not be read.</summary>
    public required JournalDamage Damage { get; init; }

    /// <summary>
    /// The session as a performance of two tracks, "performer" and "partner". Musical time is the session's own where it only ever went forward: a timeline that
    /// jumps goes on from where the former one had come to, and new bar lines are set by a metre change. Beat zero is a bar line; what was in force before the
    /// first message is left out. Notes and pedals still down get their ends at <see cref="Latest"/>.
    /// </summary>
    public Performance ToPerformance() => SessionPerformance.From(this);
}
