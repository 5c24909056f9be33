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
        if (!TimingPeers.TryOpen(client, options, options.Notes * 2 + 1024, options.Notes + 1024, out var peers, out reason)) return false;
        using (peers)
        {
            WaitUntil(client, client.Clock.Now.PlusSeconds(WarmUpSeconds).Nanoseconds);
            var xruns = client.Stats.Xruns;
            var notes = new PlannedNotes(options.Notes, client.SampleRate, client.Clock.ToFrame(client.Clock.Now.PlusSeconds(LeadSeconds * 2)), options.Seed + (ulong)attempt - 1);
            Play(client, peers, notes);
            var end = client.Clock.ToHost(notes.Off(notes.Count - 1)).Nanoseconds;
            WaitUntil(client, end, () =>
            {
                Drain(client, player);
                return (!last && client.Stats.Xruns > xruns) || (peers.Giver.AllSent && peers.Came >= notes.Count);
            });
            result = Compare(notes, peers, semitones) with
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

    // What the engine would read on the way.
    private static void Drain(JackClient client, Player player)
    {
        while (player.TryReadEmitted(out _) || client.TryReadInput(out _))
        {
        }
    }

    // All of it at once, in order of frames: the giver's own callback sends each message when its frame has come.
    private static void Play(JackClient client, TimingPeers peers, PlannedNotes notes)
    {
        var messages = new List<TimedMessage>(notes.Count * 2);
        for (var i = 0; i < notes.Count; i++)
        {
            messages.Add(new TimedMessage(client.Clock.ToHost(notes.On(i)), ShortMessage.NoteOn(0, PlannedNotes.Pitch(i), PlannedNotes.Velocity(i))));
            messages.Add(new TimedMessage(client.Clock.ToHost(notes.Off(i)), ShortMessage.NoteOff(0, PlannedNotes.Pitch(i))));
        }

        peers.Play([.. messages.OrderBy(m => m.At)]);
    }

    private static FollowTimingResult Compare(PlannedNotes notes, TimingPeers peers, int semitones)
    {
        var (wentIn, peer) = (peers.Giver.SentNoteOns(), peers.Taker);
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
