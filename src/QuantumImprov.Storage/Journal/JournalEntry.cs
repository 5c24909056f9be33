using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>One happening of a session, small and flat, so that it passes from the engine to the disk through a ring.</summary>
public readonly record struct JournalEntry
{
    internal JournalEntryKind Kind { get; private init; }

    internal HostTime At { get; private init; }

    internal ShortMessage Message { get; private init; }

    internal long Late { get; private init; }

    internal Timeline Timeline { get; private init; }

    /// <summary>A message the performer sent, at the instant it was stamped with. [any]</summary>
    public static JournalEntry FromPerformer(in TimedMessage message) => new() { Kind = JournalEntryKind.Performer, At = message.At, Message = message.Message };

    /// <summary>A message the performer sent at <paramref name="played"/>, of which the session was told at the message's own instant, no earlier. [any]</summary>
    public static JournalEntry FromPerformer(in TimedMessage message, HostTime played) =>
        new() { Kind = JournalEntryKind.Performer, At = message.At, Message = message.Message, Late = Math.Max(0, message.At.Since(played)) };

    /// <summary>A message the partner sent, at the instant it went out. [any]</summary>
    public static JournalEntry FromPartner(in TimedMessage message) => new() { Kind = JournalEntryKind.Partner, At = message.At, Message = message.Message };

    /// <summary>From <paramref name="at"/> on <paramref name="timeline"/> is in force: another tempo, metre or origin. [any]</summary>
    public static JournalEntry TimelineFrom(HostTime at, in Timeline timeline) => new() { Kind = JournalEntryKind.Timeline, At = at, Timeline = timeline };

    /// <summary>What a worker had made took the place of what was known, after everything up to <paramref name="at"/> was done and before anything later. [any]</summary>
    public static JournalEntry ExchangeAt(HostTime at) => new() { Kind = JournalEntryKind.Exchange, At = at };

    /// <summary>The song of a host ended what the partner played, or its beats are kept with from <paramref name="at"/> on as the timeline that is written next says, or both. [any]</summary>
    public static JournalEntry SongAt(HostTime at, bool hushes, bool follows) => new() { Kind = JournalEntryKind.Song, At = at, Late = (hushes ? 2 : 0) + (follows ? 1 : 0) };

    internal static JournalEntry TextAt(HostTime at) => new() { Kind = JournalEntryKind.Text, At = at };

    internal static JournalEntry EndAt(HostTime at) => new() { Kind = JournalEntryKind.End, At = at };
}
