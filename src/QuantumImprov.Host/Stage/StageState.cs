using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;

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

    /// <summary>The chords that are played over, from <see cref="BarLine"/> on; null: none are written.</summary>
    public ChordChart? Chart { get; init; }

    /// <summary>The estimated key, such as "D minor"; null while it is not known.</summary>
    public string? Key { get; init; }

    /// <summary>Which repertoire is played with; 0: the one the session began with.</summary>
    public int Repertoire { get; init; }

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

    /// <summary>Whether the tempo was stated, rather than found from the playing.</summary>
    public bool TempoKnown { get; init; }

    /// <summary>Whose time is kept.</summary>
    public TimeView Time { get; init; } = new(TimeKeeper.Phrases, false, null, TimeSources.All);

    /// <summary>Whether JACK's transport rolls; null without one.</summary>
    public bool? Rolls { get; init; }

    /// <summary>How performer and partner share the music.</summary>
    public WayOfPlaying Way { get; init; }

    /// <summary>Where the dials stand.</summary>
    public LiveSettings Settings { get; init; } = LiveSettings.Of(new Preset());

    /// <summary>Whether the partner is silenced.</summary>
    public bool Muted { get; init; }

    /// <summary>Whether nothing is learned.</summary>
    public bool Frozen { get; init; }

    /// <summary>Whether the partner plays on in the performer's place.</summary>
    public bool TakenOver { get; init; }

    /// <summary>The performer's phrase, the present or the last; null before the first.</summary>
    public PhraseSpan? Phrase { get; init; }

    /// <summary>The answer that is planned or under way, or else the last; null when there is none.</summary>
    public AnswerView? Answer { get; init; }

    /// <summary>The numbers of the phrases that the performer likes; the same array until they change.</summary>
    public ImmutableArray<int> Favoured { get; init; } = [];

    /// <summary>How many decisions were written down; the last 400 can be asked for.</summary>
    public long Decisions { get; init; }
}
