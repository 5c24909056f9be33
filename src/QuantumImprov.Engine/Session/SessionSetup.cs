using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session.Control;

namespace QuantumImprov.Engine.Session;

/// <summary>What a session starts from.</summary>
/// <param name="Preset">How to play.</param>
/// <param name="Learned">What is known; the session goes on learning in it, so it belongs to one session at a time.</param>
/// <param name="Seed">The seed of every random choice: same seed, same input, same notes.</param>
/// <param name="Tempo">The tempo, when somebody stated one; null: found from the playing.</param>
/// <param name="Metre">The metre.</param>
/// <param name="Start">The instant of musical time zero.</param>
public sealed record SessionSetup(Preset Preset, LearnedMusic Learned, ulong Seed, Tempo? Tempo, Metre Metre, HostTime Start)
{
    /// <summary>Does what takes long; default: whoever needs it waits for it.</summary>
    public IWorker Worker { get; init; } = new WorkInTurn();

    /// <summary>Which of the performer's controls ask for what; default none does.</summary>
    public ControlMap Controls { get; init; } = ControlMap.None;

    /// <summary>Whether the partner's notes may come back to it by a cable, so that they must be told from the performer's; default not.</summary>
    public bool MayHearItself { get; init; }

    /// <summary>Whether a MIDI clock is sent with the beat, so that <see cref="ImprovSession.Due"/> never rests; default not.</summary>
    public bool SendsClock { get; init; }

    /// <summary>How long the output lets planned notes wait before they sound: so much earlier they leave; default not at all. What follows a key goes out with the key all the same.</summary>
    public LatencyTable Latency { get; init; } = LatencyTable.None;

    /// <summary>Whose time is followed; default whoever keeps it, see docs/time.md.</summary>
    public TimeSources Follows { get; init; } = TimeSources.All;

    /// <summary>The presets that can be chosen by number or one after the other; default none.</summary>
    public ImmutableArray<Preset> Presets { get; init; } = [];

    /// <summary>The chords that are played over, from the first bar line on; null: those the calls suggest.</summary>
    public ChordChart? Chart { get; init; }

    /// <summary>A bank of shots that chooses where it can; null: everything is chosen by the simulator.</summary>
    public BankedChoosing? Banked { get; init; }

    /// <summary>The shots that a session took which is played again, in place of <see cref="Banked"/>; null: it had none, or is played for the first time.</summary>
    public RecordedChoosing? Recorded { get; init; }

    /// <summary>The wall clock at <see cref="Start"/>: what the age of shots is told by.</summary>
    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UnixEpoch;
}
