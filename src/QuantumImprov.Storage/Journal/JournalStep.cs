using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>One step of a session, in the order of the journal. Immutable.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Line">The line of the journal that tells it, from 1.</param>
public readonly record struct JournalStep(JournalStepKind Kind, HostTime At, int Line)
{
    /// <summary>Of a message, command, content or remark: which one of <see cref="SessionRecord.Performer"/>, <see cref="SessionRecord.Partner"/>, <see cref="SessionRecord.Commands"/>, <see cref="SessionRecord.Contents"/> or <see cref="SessionRecord.Remarks"/>.</summary>
    public int Index { get; init; }

    /// <summary>Of a timeline: from then on it is in force.</summary>
    public Timeline Timeline { get; init; }

    /// <summary>Of a song: whether it ended what the partner played.</summary>
    public bool Hushes { get; init; }

    /// <summary>Of a song: whether beats and bar lines are the song's from then on, as the next timeline says.</summary>
    public bool Follows { get; init; }
}
