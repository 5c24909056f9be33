using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Live;
using QuantumImprov.Midi.Jack;

namespace QuantumImprov.Host.Measuring;

/// <summary>
/// Measures how far from its bar line the partner begins its turn: a live session trades single bars of 2/4 with a peer that plays to the frame, at each of five tempos. The session, its engine thread and its
/// player are those of <c>play</c>; nothing is recorded and nothing kept. [worker]
/// </summary>
public static class TradeTiming
{
    /// <summary>Quarters a minute, a fifth of the turns at each.</summary>
    public static ImmutableArray<double> Tempos { get; } = [60, 90, 120, 180, 240];

    private const int RehearsedPhrases = 12, Upward = 4, Lowest = 60;
    private const double SecondsBefore = 1, Release = .8;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly Metre Metre = Metre.Of(2, 4);

    /// <summary>Runs the measurement, a tempo that sees an xrun being broken off and played again, but for the last attempt; false, with one sentence, when there is no library or no server, or the server goes meanwhile.</summary>
    public static bool TryRun(TimingOptions options, [NotNullWhen(true)] out FollowTimingResult? result, out string reason)
    {
        result = null;
        Rehearsal.Play(RehearsedPhrases);
        var turns = (options.Notes + Tempos.Length - 1) / Tempos.Length;
        List<FollowTimingResult> taken = [];
        foreach (var tempo in Tempos)
        {
            for (var attempt = 1; ; attempt++)
            {
                var last = attempt > Math.Clamp(options.Repeats, 0, 10);
                if (!TryTrade(options, Tempo.FromBpm(tempo), turns, attempt, last, out var measured, out reason)) return false;
                if (measured.Xruns > 0 && !last) continue;
                taken.Add(measured with { Attempts = attempt });
                break;
            }
        }

        result = new FollowTimingResult(
            taken.Sum(t => t.Sent), taken.Sum(t => t.Received), [.. taken.SelectMany(t => t.Latencies).Order()], taken[0].Period, taken[0].Rate, taken.Sum(t => t.Xruns), taken.Max(t => t.Attempts), taken[0].IsNative);
        reason = "";
        return true;
    }

    private static bool TryTrade(TimingOptions options, Tempo tempo, int turns, int attempt, bool last, [NotNullWhen(true)] out FollowTimingResult? measured, out string reason)
    {
        measured = null;
        var player = new Player();
        if (!JackClient.TryOpen(new JackOptions { Player = player, ServerName = options.ServerName, Managed = options.Managed }, out var client, out reason)) return false;
        using var ports = new JackLivePorts(client, TimeProvider.System);
        if (!TimingPeers.TryOpen(client, options, turns * Upward * 2, turns * 64 + 1024, out var peers, out reason)) return false;
        using (peers)
        {
            var preset = new Preset { Way = WayRules.Default with { Way = WayOfPlaying.Trade, Bars = 1 } };
            var setup = new SessionSetup(preset, ShippedRepertoire.Learn(), options.Seed + (ulong)attempt - 1, tempo, Metre, client.Clock.Now) { Follows = TimeSources.None };
            using var session = new ImprovSession(setup, player);
            using var engine = new EngineLoop(session, client.Clock, ports, null);
            var timeline = session.Pipeline.Timeline;
            var first = timeline.BarOrigin + (timeline.ToBeats(client.Clock.Now.PlusSeconds(SecondsBefore)) - timeline.BarOrigin).Ceiling(Metre.Bar);
            engine.Start();
            peers.Play(Performance(timeline, first, turns).AsSpan());
            WaitUntil(client, timeline.ToHost(first).Plus(-(long)(SecondsBefore * .5e9)));
            var xruns = client.Stats.Xruns;
            WaitUntil(client, timeline.ToHost(first + Metre.Bar * (2 * turns)), () => !last && client.Stats.Xruns > xruns);
            if (!client.IsRunning)
            {
                reason = "The JACK server went away during the measurement.";
                return false;
            }

            measured = Compare(peers, timeline, first, turns, client.SampleRate) with { Period = client.BufferSize, Xruns = client.Stats.Xruns - xruns, IsNative = client.IsNative };
            session.Submit(new SessionCommand(client.Clock.Now, CommandKind.Panic));
            return true;
        }
    }

    // Every other bar four eighths up the scale of C, each turn from another step.
    private static ImmutableArray<TimedMessage> Performance(Timeline timeline, Beats first, int turns)
    {
        ReadOnlySpan<int> scale = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17];
        var messages = ImmutableArray.CreateBuilder<TimedMessage>();
        for (var turn = 0; turn < turns; turn++)
        {
            for (var i = 0; i < Upward; i++)
            {
                var (on, pitch) = (first + Metre.Bar * (2 * turn) + Metre.Division * i, Lowest + scale[turn % 7 + i]);
                messages.Add(new TimedMessage(timeline.ToHost(on), ShortMessage.NoteOn(0, pitch, 80)));
                messages.Add(new TimedMessage(timeline.ToHost(on + Beats.FromQuarters(Metre.Division.Quarters * Release)), ShortMessage.NoteOff(0, pitch)));
            }
        }

        return messages.ToImmutable();
    }

    // The first note that came from half a beat before the partner's bar line on, within its turn.
    private static FollowTimingResult Compare(TimingPeers peers, Timeline timeline, Beats first, int turns, int rate)
    {
        List<int> distances = [];
        var next = 0;
        for (var turn = 0; turn < turns; turn++)
        {
            var line = timeline.ToHost(first + Metre.Bar * (2 * turn + 1));
            while (next < peers.Came && peers.FramesBehind(next, line) < -Frames(Metre.Division)) next++;
            if (next < peers.Came && peers.FramesBehind(next, line) is var frames && frames < Frames(Metre.Bar)) distances.Add(Math.Abs(frames));
        }

        return new FollowTimingResult(turns, distances.Count, [.. distances.Order()], 0, rate, 0, 1, false);

        int Frames(Beats length) => (int)(length.Quarters * timeline.Tempo.NanosecondsPerQuarter * 1e-9 * rate);
    }

    private static void WaitUntil(JackClient client, HostTime time, Func<bool>? brokenOff = null)
    {
        while (client.IsRunning && client.Clock.Now < time && !(brokenOff?.Invoke() ?? false)) Thread.Sleep(Step);
    }
}
