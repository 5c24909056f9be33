using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Midi.Pacing;

/// <summary>
/// Measures the player's own thread as <see cref="PlannedTiming"/> measures JACK's callback: the same notes, handed over as far ahead, and a peer that notes when each came.
/// There are no frames of sound here; a frame is a millisecond, as it is on a USB cable, and a note is exact when it came less than half of one from its instant. The
/// peer is a port of our own where the system makes ports, else the very door that messages leave by.
/// </summary>
public static class PacedTiming
{
    private const int FramesPerSecond = 1000;
    private const long Frame = 1_000_000_000 / FramesPerSecond;
    private const double WarmUpSeconds = 1, LeadSeconds = 0.2, TailSeconds = 0.5;
    private const string PeerName = "quantumimprov measure";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs the measurement on the calling thread; false, with one sentence, when the number of notes is not allowed. [worker]</summary>
    /// <param name="options">How many notes, the seed, how often a run that stood still is repeated; the server's name means nothing here.</param>
    /// <param name="devices">The system's MIDI; null for none.</param>
    /// <param name="result">Stalls of the thread stand where JACK has xruns.</param>
    /// <param name="reason">The sentence.</param>
    public static bool TryRun(TimingOptions options, IMidiDevices? devices, [NotNullWhen(true)] out PlannedTimingResult? result, out string reason)
    {
        result = null;
        reason = options.Notes is < 1 or > 100_000 ? $"The number of notes is {options.Notes}; allowed is 1 to 100000." : "";
        if (reason.Length > 0) return false;
        for (var attempt = 1; ; attempt++)
        {
            var last = attempt > Math.Clamp(options.Repeats, 0, 10);
            result = Run(options, devices, attempt, last);
            if (result.Xruns == 0 || last) return true;
        }
    }

    private static PlannedTimingResult Run(TimingOptions options, IMidiDevices? devices, int attempt, bool last)
    {
        var clock = new WallClock(TimeProvider.System);
        var player = new Player();
        var peer = new PacedPeer(clock, options.Notes + 1024);
        IMidiOutput? output = null;
        IDisposable? input = null;
        if (devices is { MakesPorts: true } && devices.TryMakeInput(PeerName, peer.Hear, out input, out _)) devices.TryPlay(PeerName, out output, out _);
        using (input)
        using (output)
        using (var paced = new PacedPlayer(player, clock, output is null ? peer : new PacedSender(output), null, SystemAlarm.Create))
        {
            WaitUntil(clock, clock.Now.PlusSeconds(WarmUpSeconds), () => false);
            var (stalls, late) = (paced.Stalls, player.Late);
            var origin = clock.Now.PlusSeconds(2 * LeadSeconds);
            var notes = new PlannedNotes(options.Notes, FramesPerSecond, 0, options.Seed + (ulong)attempt - 1);
            var sent = Hand(clock, player, notes, origin, () => !last && paced.Stalls > stalls);
            WaitUntil(clock, origin.Plus(notes.Off(notes.Count - 1) * Frame).PlusSeconds(TailSeconds), () => sent < notes.Count || peer.Count >= notes.Count);
            var (received, exact, worst) = Compare(notes, origin, peer);
            return new PlannedTimingResult(sent, received, (double)exact / Math.Max(1, sent), paced.Stalls - stalls, attempt, player.Late - late, worst, default, 0, paced.IsRaised, false);
        }
    }

    // Each note is handed over as soon as it lies within the lead, as the engine does with its plan.
    private static int Hand(WallClock clock, Player player, PlannedNotes notes, HostTime origin, Func<bool> stop)
    {
        var sent = 0;
        while (sent < notes.Count && !stop())
        {
            var horizon = clock.Now.PlusSeconds(LeadSeconds);
            for (; sent < notes.Count && origin.Plus(notes.On(sent) * Frame) <= horizon; sent++)
            {
                var (on, off) = (origin.Plus(notes.On(sent) * Frame), origin.Plus(notes.Off(sent) * Frame));
                if (!player.TryHand(new PlannedNote(on, off, 0, (byte)PlannedNotes.Pitch(sent), (byte)PlannedNotes.Velocity(sent), player.Epoch))) break;
            }

            while (player.TryReadEmitted(out _))
            {
            }

            Thread.Sleep(Step);
        }

        return sent;
    }

    private static (int Received, int Exact, long Worst) Compare(PlannedNotes notes, HostTime origin, PacedPeer peer)
    {
        var (received, exact, worst, next) = (0, 0, 0L, 0);
        for (var i = 0; i < peer.Count; i++)
        {
            var heard = peer[i];
            var note = notes.Find(next, heard.Message.Data1, heard.Message.Data2);
            if (note < 0) continue;
            next = note + 1;
            received++;
            var error = Math.Abs(heard.At.Since(origin.Plus(notes.On(note) * Frame)));
            var frames = (error + Frame / 2) / Frame;
            worst = Math.Max(worst, frames);
            if (frames == 0) exact++;
        }

        return (received, exact, worst);
    }

    private static void WaitUntil(WallClock clock, HostTime until, Func<bool> done)
    {
        while (clock.Now < until && !done()) Thread.Sleep(Step);
    }
}
