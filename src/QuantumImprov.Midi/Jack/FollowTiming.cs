using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using static QuantumImprov.Midi.Jack.TimingAttempts;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Measures how long a key that is followed at once takes from going in to coming out: one peer plays keys at known frames, the product's client follows them, another
/// peer writes down when they come. Two peers, because one that is cabled both ways makes a loop, and JACK delays a loop by a period.
/// </summary>
public static class FollowTiming
{
    /// <summary>
    /// Runs the measurement on the calling thread, each key followed <paramref name="semitones"/> above itself (0 = passed through; 0 to 24); false, with one sentence,
    /// when there is no library or no server, or the server goes meanwhile. [worker]
    /// </summary>
    public static bool TryRun(TimingOptions options, int semitones, [NotNullWhen(true)] out FollowTimingResult? result, out string reason)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(semitones);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(semitones, 24);
        var player = new Player();
        player.TryFollow(FollowRule.Moved(0, 1, 0, semitones, 1));
        return TimingAttempts.TryRun<FollowTimingResult>(
            options,
            player,
            (JackClient client, int number, bool last, [NotNullWhen(true)] out FollowTimingResult? measured, out string why) => TryAttempt(client, player, options, semitones, number, last, out measured, out why),
            measured => measured.Xruns,
            out result,
            out reason);
    }

    private static bool TryAttempt(
        JackClient client, Player player, TimingOptions options, int semitones, int attempt, bool last, [NotNullWhen(true)] out FollowTimingResult? result, out string reason)
    {
        result = null;
        if (!MeasurePeer.TryOpen("measure-giver", options, options.Notes * 2 + 1024, out var giver, out reason)) return false;
        using (giver)
        {
            if (!MeasurePeer.TryOpen("measure-peer", options, options.Notes + 1024, out var peer, out reason)) return false;
            using (peer)
            {
                if (!client.TryConnect(JackEnd.In, giver.Out, out reason) || !client.TryConnect(JackEnd.Out, peer.In, out reason)) return false;
                WaitUntil(client, client.Clock.Now.PlusSeconds(WarmUpSeconds).Nanoseconds);
                var xruns = client.Stats.Xruns;
                var notes = new PlannedNotes(options.Notes, client.SampleRate, client.Clock.ToFrame(client.Clock.Now.PlusSeconds(LeadSeconds * 2)), options.Seed + (ulong)attempt - 1);
                Play(client, giver, notes);
                var end = client.Clock.ToHost(notes.Off(notes.Count - 1)).Nanoseconds;
                WaitUntil(client, end, () =>
                {
                    Drain(client, player);
                    return (!last && client.Stats.Xruns > xruns) || (giver.AllSent && peer.Count >= notes.Count);
                });
                result = Compare(notes, giver, peer, semitones) with
                {
                    Period = client.BufferSize,
                    Rate = client.SampleRate,
                    Xruns = client.Stats.Xruns - xruns,
                    Attempts = attempt,
                    IsNative = client.IsNative,
                };
                return true;
            }
        }
    }

    // What the engine would read on the way.
    private static void Drain(JackClient client, Player player)
    {
        while (player.TryReadEmitted(out _) || client.TryReadInput(out _))
        {
        }
    }

    // All of it at once, in order of frames: the giver's own callback sends each message when its frame has come.
    private static void Play(JackClient client, MeasurePeer giver, PlannedNotes notes)
    {
        var messages = new List<(long Frame, ShortMessage Message)>(notes.Count * 2);
        for (var i = 0; i < notes.Count; i++)
        {
            messages.Add((notes.On(i), ShortMessage.NoteOn(0, PlannedNotes.Pitch(i), PlannedNotes.Velocity(i))));
            messages.Add((notes.Off(i), ShortMessage.NoteOff(0, PlannedNotes.Pitch(i))));
        }

        foreach (var (frame, message) in messages.OrderBy(m => m.Frame)) giver.Plan(client.Clock.ToCounter(frame), message);
        giver.Go();
    }

    private static FollowTimingResult Compare(PlannedNotes notes, MeasurePeer giver, MeasurePeer peer, int semitones)
    {
        var wentIn = giver.SentNoteOns();
        var latencies = new List<int>(peer.Count);
        var next = 0;
        for (var i = 0; i < peer.Count; i++)
        {
            var (pitch, velocity) = peer.Note(i);
            var note = notes.Find(next, pitch - semitones, velocity);
            if (note < 0 || note >= wentIn.Count) continue;
            next = note + 1;
            latencies.Add((int)(peer.Frame(i) - wentIn[note]));
        }

        latencies.Sort();
        return new FollowTimingResult(wentIn.Count, latencies.Count, latencies, 0, 0, 0, 0, false);
    }
}
