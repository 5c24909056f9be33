using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Playing;
using static QuantumImprov.Midi.Jack.TimingAttempts;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Measures whether planned notes leave at exactly their frame: a client and a player of the product's own, notes handed over at least 20 ms ahead, and a
/// peer client that compares frames.
/// </summary>
public static class PlannedTiming
{
    /// <summary>
    /// Runs the measurement on the calling thread; false, with one sentence, when there is no library or no server, or the server goes meanwhile. [worker]
    /// </summary>
    public static bool TryRun(TimingOptions options, [NotNullWhen(true)] out PlannedTimingResult? result, out string reason)
    {
        var player = new Player();
        return TimingAttempts.TryRun<PlannedTimingResult>(
            options,
            player,
            (JackClient client, int number, bool last, [NotNullWhen(true)] out PlannedTimingResult? measured, out string why) => TryAttempt(client, player, options, number, last, out measured, out why),
            measured => measured.Xruns,
            out result,
            out reason);
    }

    private static bool TryAttempt(JackClient client, Player player, TimingOptions options, int attempt, bool last, [NotNullWhen(true)] out PlannedTimingResult? result, out string reason)
    {
        result = null;
        if (!MeasurePeer.TryOpen("measure-peer", options, options.Notes + 1024, out var peer, out reason)) return false;
        using (peer)
        {
            if (!client.TryConnect(JackEnd.Out, peer.In, out reason)) return false;
            WaitUntil(client, client.Clock.Now.PlusSeconds(WarmUpSeconds).Nanoseconds);
            var xruns = client.Stats.Xruns;
            var late = client.Stats.LateNotes;
            var notes = new PlannedNotes(options.Notes, client.SampleRate, client.Clock.ToFrame(client.Clock.Now.PlusSeconds(LeadSeconds * 2)), options.Seed + (ulong)attempt - 1);
            var sent = Hand(client, player, notes.Count, Note, () => !last && client.Stats.Xruns > xruns);
            WaitUntil(client, client.Clock.ToHost(notes.Off(notes.Count - 1)).Nanoseconds, () => sent < notes.Count || peer.Count >= notes.Count);
            var stats = client.Stats;
            result = Compare(client, notes, peer, sent) with
            {
                Xruns = stats.Xruns - xruns,
                Attempts = attempt,
                LateNotes = stats.LateNotes - late,
                LongestPeriod = stats.LongestPeriod,
                AllocatedBytes = stats.AllocatedBytes,
                IsRealTime = client.IsRealTime,
                IsNative = client.IsNative,
            };
            return true;

            PlannedNote Note(int i) => new(client.Clock.ToHost(notes.On(i)), client.Clock.ToHost(notes.Off(i)), 0, (byte)PlannedNotes.Pitch(i), (byte)PlannedNotes.Velocity(i), player.Epoch);
        }
    }

    private static PlannedTimingResult Compare(JackClient client, PlannedNotes notes, MeasurePeer peer, int sent)
    {
        var (received, exact, worst, next) = (0, 0, 0L, 0);
        for (var i = 0; i < peer.Count; i++)
        {
            var (pitch, velocity) = peer.Note(i);
            var note = notes.Find(next, pitch, velocity);
            if (note < 0) continue;
            var error = Math.Abs((long)(int)(peer.Frame(i) - client.Clock.ToCounter(notes.On(note))));
            next = note + 1;
            received++;
            worst = Math.Max(worst, error);
            if (error == 0) exact++;
        }

        return new PlannedTimingResult(sent, received, (double)exact / Math.Max(1, sent), 0, 0, 0, worst, default, 0, false, false);
    }
}
