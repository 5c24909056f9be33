using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage;

namespace QuantumImprov.Host.Live;

/// <summary>A snapshot as the pages show it.</summary>
public static class StageView
{
    /// <summary>The state for <paramref name="snapshot"/>; <paramref name="jackClient"/> and <paramref name="rolls"/>, whether its transport does, are null without JACK.</summary>
    public static StageState Of(SessionSnapshot snapshot, string? jackClient, bool? rolls) => new()
    {
        Turn = snapshot.Turn switch
        {
            Turn.Listening => StageTurn.Listening,
            Turn.Answering => StageTurn.Answering,
            _ => StageTurn.Idle,
        },
        Plan = snapshot.Plan,
        Tempo = snapshot.TempoKnown || snapshot.Phrases > 0 ? snapshot.Timeline.Tempo : null,
        Metre = snapshot.Timeline.Metre,
        BarLine = snapshot.TempoKnown || snapshot.Phrases > 0 ? snapshot.Timeline.ToHost(snapshot.Timeline.BarOrigin) : null,
        Chart = snapshot.Chart,
        Key = snapshot.Key?.ToString(),
        PhrasesHeard = snapshot.Phrases,
        NotesLearned = (int)Math.Min(int.MaxValue, snapshot.NotesHeard),
        Repertoire = snapshot.Repertoire,
        Preset = snapshot.Preset,
        Consensus = snapshot.Phrases > 0 ? snapshot.Consensus : null,
        JackClient = jackClient,
        TempoKnown = snapshot.TempoKnown,
        Time = snapshot.Time,
        Rolls = rolls,
        Way = snapshot.Way,
        Settings = snapshot.Settings,
        Muted = snapshot.Muted,
        Frozen = snapshot.Frozen,
        TakenOver = snapshot.TakenOver,
        Phrase = snapshot.Phrase,
        Answer = snapshot.Answer,
        Decisions = snapshot.Decisions,
        Favoured = snapshot.Favoured,
    };
}
