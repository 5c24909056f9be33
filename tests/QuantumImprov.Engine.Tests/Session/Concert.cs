using System.Collections.Immutable;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>
/// A concert led from outside as a live host leads it: messages as they come, the session advanced in steps of any size, the player turned after it. Keeps what
/// was planned for each answer beside what sounded.
/// </summary>
internal sealed class Concert
{
    private readonly ImprovSession _session;
    private readonly Func<long> _step;
    private readonly PartnerRecording _recording = new();
    private readonly List<Answer> _answers = [];
    private readonly List<TimedMessage> _heard = [];
    private HostTime _played;

    private Concert(ImprovSession session, Func<long> step) => (_session, _step) = (session, step);

    /// <summary>One answer as it was meant.</summary>
    /// <param name="Seen">The first instant the session was looked at after the decision.</param>
    public sealed record Answer(HostTime Seen, Timeline Timeline, Beats Start, Beats End, int Bars, Key Key, int EndDegree, int Heard, ImmutableArray<Slot> Slots, ImmutableArray<AheadNote> Notes);

    public ImmutableArray<TimedMessage> Partner { get; private set; }

    public ImmutableArray<Answer> Answers { get; private set; }

    /// <summary>Plays <paramref name="script"/> to <paramref name="session"/> in steps of <paramref name="step"/> nanoseconds (null: 10 ms).</summary>
    public static Concert Play(ImprovSession session, ScriptedPerformance script, Func<long>? step = null)
    {
        var concert = new Concert(session, step ?? (() => 10_000_000));
        concert.Run(script.ToPerformance());
        return concert;
    }

    public static ImprovSession Session(ScriptedPerformance script, ulong seed = 1, Preset? preset = null, LearnedMusic? learned = null, bool tempoKnown = true, LatencyTable? latency = null)
    {
        var start = script.ToPerformance().Map.At(Beats.Zero);
        return new ImprovSession(new SessionSetup(preset ?? new Preset(), learned ?? new LearnedMusic(), seed, tempoKnown ? start.Tempo : null, start.Metre, default) { Latency = latency ?? LatencyTable.None });
    }

    /// <summary>A phrase of 2 to 14 notes and chords in a rhythm of quarters, eighths, sixteenths and dots, mostly in steps, then a rest.</summary>
    public static void PlayRandomPhrase(ScriptedPerformance script, Xoshiro random, double rest, double legato = .85)
    {
        double[] lengths = [.25, .25, .5, .5, .5, 1, 1, 1.5, 2];
        var pitch = 55 + random.NextInt(20);
        for (var i = 2 + random.NextInt(13); i > 0; i--)
        {
            pitch = Math.Clamp(pitch + random.NextInt(9) - 4, 40, 90);
            var word = random.NextInt(6) == 0 ? $"{new Pitch(pitch - 8)}+{new Pitch(pitch - 4)}+{new Pitch(pitch)}" : $"{new Pitch(pitch)}";
            var length = lengths[random.NextInt(lengths.Length)];
            script.Play(FormattableString.Invariant($"{word}:{length}"), velocity: 40 + random.NextInt(80), channel: random.NextInt(2), legato: legato + (.99 - legato) * random.NextDouble());
        }

        script.Rest(rest);
    }

    private void Run(Performance performance)
    {
        var map = performance.Map;
        var changes = map.Timelines.Skip(1).Select(t => (At: t.TimeOrigin, Deed: (Action<HostTime>)(_ => _session.Follow(t))));
        var messages = performance.Messages.Select(m => (At: map.ToHost(m.At), Deed: (Action<HostTime>)(now => Hear(new TimedMessage(now, m.Message)))));
        var end = Enumerable.Range(0, 16).Select(c => (At: map.ToHost(performance.End), Deed: (Action<HostTime>)(now => Hear(new TimedMessage(now, ShortMessage.Control(c, 123, 0))))));
        foreach (var (at, deed) in changes.Concat(messages).Concat(end).OrderBy(d => d.At))
        {
            AdvanceTo(at);
            deed(at);
            Look(at);
        }

        while (_session.Due != HostTime.Never) AdvanceTo(_session.Due);
        TurnUntil(HostTime.Never);
        Partner = _recording.Messages;
        Answers = [.. _answers];
    }

    private void AdvanceTo(HostTime time)
    {
        while (_played < time)
        {
            var next = HostTime.Min(time, _played.Plus(_step()));
            _session.Advance(next);
            TurnUntil(next);
            Look(next);
        }
    }

    private void Hear(TimedMessage message)
    {
        _session.Hear(message);
        _heard.Add(message);
    }

    private void TurnUntil(HostTime until)
    {
        _session.Player.Turn(_played, until, _recording, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_heard));
        _heard.Clear();
        _played = until;
    }

    private void Look(HostTime now)
    {
        var (pipeline, plan) = (_session.Pipeline, _session.Pipeline.Answering.Plan);
        if (pipeline.Answering.Answers == (ulong)_answers.Count) return;
        _answers.Add(new Answer(now, pipeline.Timeline, plan.Start, plan.End, plan.Bars, plan.Key, plan.EndDegree, plan.Heard, [.. plan.Slots], [.. pipeline.Ahead.Notes]));
    }
}
