using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>What the pages show beside the notes: one immutable picture of the session.</summary>
public sealed record StageState
{
    /// <summary>Whose turn it is.</summary>
    public StageTurn Turn { get; init; }

    /// <summary>What the partner is about to do, in words; empty when there is no plan. Pages get at most 240 characters.</summary>
    public string Plan { get; init; } = "";

    /// <summary>The tempo; null while it is not known.</summary>
    public Tempo? Tempo { get; init; }

    /// <summary>The metre.</summary>
    public Metre Metre { get; init; }

    /// <summary>The instant of some bar line, from which the pages count the grid; null for no grid. Needs <see cref="Tempo"/>.</summary>
    public HostTime? BarLine { get; init; }

    /// <summary>The estimated key, such as "D minor"; null while it is not known.</summary>
    public string? Key { get; init; }

    /// <summary>Phrases heard since the session began.</summary>
    public int PhrasesHeard { get; init; }

    /// <summary>Notes learned since the session began.</summary>
    public int NotesLearned { get; init; }

    /// <summary>The preset's name; null when it has none.</summary>
    public string? Preset { get; init; }

    /// <summary>How far the council's members agreed on the last note, 0 to 1; null before the first.</summary>
    public double? Consensus { get; init; }

    /// <summary>The JACK client's name; null without JACK.</summary>
    public string? JackClient { get; init; }
}
