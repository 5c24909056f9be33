using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session.Control;

namespace QuantumImprov.Engine.Session;

/// <summary>Whose turn it is.</summary>
public enum Turn
{
    /// <summary>Nobody plays.</summary>
    Idle,

    /// <summary>The performer plays, the partner listens.</summary>
    Listening,

    /// <summary>The partner plays.</summary>
    Answering,
}

/// <summary>What a session looks like at one instant. Immutable; may be read from any thread.</summary>
public sealed record SessionSnapshot
{
    /// <summary>The instant.</summary>
    public required HostTime At { get; init; }

    /// <summary>Whose turn it is.</summary>
    public required Turn Turn { get; init; }

    /// <summary>The preset's name.</summary>
    public required string Preset { get; init; }

    /// <summary>Tempo, metre and origins.</summary>
    public required Timeline Timeline { get; init; }

    /// <summary>Whether the tempo was stated.</summary>
    public required bool TempoKnown { get; init; }

    /// <summary>Whose time is kept.</summary>
    public TimeView Time { get; init; }

    /// <summary>How it is played.</summary>
    public Preset Plays { get; init; } = new();

    /// <summary>The performer's running key; null before the first note.</summary>
    public required Key? Key { get; init; }

    /// <summary>The present or last answer in words; empty before the first.</summary>
    public required string Plan { get; init; }

    /// <summary>Phrases heard to their end.</summary>
    public required int Phrases { get; init; }

    /// <summary>How many changes other than notes were made to what is learned: phrases forgotten, repertoires loaded.</summary>
    public required int Changes { get; init; }

    /// <summary>Whether such a change is on its way.</summary>
    public required bool ChangePending { get; init; }

    /// <summary>Notes the performer has taught in this session.</summary>
    public required long NotesHeard { get; init; }

    /// <summary>Consensus of the note last chosen, 0 to 1.</summary>
    public required double Consensus { get; init; }

    /// <summary>Bits the performer's notes cost lately; NaN before the first.</summary>
    public required double Surprise { get; init; }

    /// <summary>The answer's notes that are still to come.</summary>
    public required ImmutableArray<AheadNote> Ahead { get; init; }

    /// <summary>Which repertoire is played with; 0: the one the session began with.</summary>
    public int Repertoire { get; init; }

    /// <summary>The repertoire that was asked for and not gone to yet; null: none is.</summary>
    public int? RepertoireAsked { get; init; }

    /// <summary>The chords that are played over; null: none are written.</summary>
    public ChordChart? Chart { get; init; }

    /// <summary>How performer and partner share the music.</summary>
    public WayOfPlaying Way { get; init; }

    /// <summary>Which controls ask for what.</summary>
    public ControlMap Controls { get; init; } = ControlMap.None;

    /// <summary>What the next control that is moved will ask for, see <see cref="ControlTarget.Name"/>; null: none is being learned.</summary>
    public string? ControlLearned { get; init; }

    /// <summary>Moves and presses of controls that were passed over because too many came.</summary>
    public long ControlsThinned { get; init; }

    /// <summary>Whether the partner is silenced.</summary>
    public bool Muted { get; init; }

    /// <summary>Whether nothing is learned.</summary>
    public bool Frozen { get; init; }

    /// <summary>Whether the partner plays on in the performer's place.</summary>
    public bool TakenOver { get; init; }

    /// <summary>Where the dials stand.</summary>
    public LiveSettings Settings { get; init; } = LiveSettings.Of(new Preset());

    /// <summary>The phrase being played, or else the last; null before the first.</summary>
    public PhraseSpan? Phrase { get; init; }

    /// <summary>The answer that is planned or under way, or else the last; null before the first, and once it was dropped.</summary>
    public AnswerView? Answer { get; init; }

    /// <summary>How many decisions were written down, see <see cref="ImprovSession.Decisions"/>.</summary>
    public long Decisions { get; init; }

    /// <summary>The numbers of the session's phrases that the performer likes, see <see cref="CommandKind.Favour"/>, the earliest first; the same array until they change.</summary>
    public ImmutableArray<int> Favoured { get; init; } = [];

    /// <summary>The bank of shots; null without one.</summary>
    public BankSnapshot? Bank { get; init; }
}
