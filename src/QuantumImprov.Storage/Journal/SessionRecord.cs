using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Bank;

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

    /// <summary>Repertoires that commands brought, as <see cref="JournalContent"/> has them.</summary>
    public ImmutableArray<string> Contents { get; init; } = [];

    /// <summary>What reached each choice from a bank of shots; none where there was no bank.</summary>
    public ImmutableArray<RecordedDraw> Draws { get; init; } = [];

    /// <summary>Everything that happened, in the order it was written in.</summary>
    public ImmutableArray<JournalStep> Steps { get; init; } = [];

    /// <summary>The first line that does not match its checksum or holds what no session writes, from 1; 0: there is none.</summary>
    public int FirstDamagedLine { get; init; }

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

    /// <summary>
    /// What silences a receiver that played for a session that died: the note-offs of the partner's keys that were down, and, since what it sent last may not stand in the journal, all notes off and the pedal up on
    /// each channel it had played on and on <paramref name="channel"/> (0 to 15), which its preset named. Nothing when it had ended, or nobody had played.
    /// </summary>
    public ImmutableArray<ShortMessage> Silencing(int channel)
    {
        if (ClosedProperly || Performer.IsEmpty) return [];
        var (down, channels) = (new SortedSet<(int Channel, int Pitch)>(), new SortedSet<int> { channel });
        foreach (var (_, message) in Partner)
        {
            if (message.IsNoteOn) down.Add((message.Channel, message.Data1));
            else if (message.IsNoteOff) down.Remove((message.Channel, message.Data1));
            if (message.IsNoteOn) channels.Add(message.Channel);
        }

        return [.. down.Select(key => ShortMessage.NoteOff(key.Channel, key.Pitch)), .. channels.SelectMany(played => new[] { ShortMessage.Control(played, 64, 0), ShortMessage.Control(played, 123, 0) })];
    }
}
