using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Playing;
using static QuantumImprov.Midi.Jack.TimingAttempts;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Measures how long an output lets notes wait: a client and a player of the product's own play notes of several velocities to it, and a peer client writes down when they come back on another port. Two clients, because one that is
/// cabled both ways makes a loop, and JACK delays a loop by a period.
/// </summary>
public static class CalibrationTiming
{
    /// <summary>What the product's own output is called, whatever name a server that knows it already gives the client.</summary>
    public const string OwnOutput = "quantumimprov:out";

    /// <summary>How many notes it takes at least: three of each velocity.</summary>
    public static int LeastNotes => 3 * CalibrationNotes.Velocities.Length;

    /// <summary>
    /// Runs the measurement on the calling thread, with the one port that <paramref name="output"/> means and the one that <paramref name="input"/> means as the way back; without both, straight from our output to the peer. False, with
    /// one sentence, when there is no library or no server or none of the ports, or the server goes meanwhile. [worker]
    /// </summary>
    public static bool TryRun(TimingOptions options, string? output, string? input, [NotNullWhen(true)] out CalibrationResult? result, out string reason)
    {
        var player = new Player();
        return TimingAttempts.TryRun<CalibrationResult>(
            options,
            player,
            (JackClient client, int number, bool last, [NotNullWhen(true)] out CalibrationResult? measured, out string why) => TryAttempt(client, player, options, output, input, number, last, out measured, out why),
            measured => measured.Xruns,
            out result,
            out reason);
    }

    private static bool TryAttempt(
        JackClient client, Player player, TimingOptions options, string? output, string? input, int attempt, bool last, [NotNullWhen(true)] out CalibrationResult? result, out string reason)
    {
        result = null;
        string? to = null, from = null;
        if (output is not null && !TryFind(client, JackEnd.Out, output, out to, out reason)) return false;
        if (input is not null && !TryFind(client, JackEnd.In, input, out from, out reason)) return false;
        if (!MeasurePeer.TryOpen("measure-peer", options, options.Notes * 8 + 1024, out var peer, out reason)) return false;
        using (peer)
        {
            if (!client.TryConnect(JackEnd.Out, to ?? peer.In, out reason)) return false;
            if (from is not null && !peer.TryHear(from))
            {
                reason = $"The JACK server refused to connect {peer.In} with {from}.";
                return false;
            }

            WaitUntil(client, client.Clock.Now.PlusSeconds(WarmUpSeconds).Nanoseconds);
            var xruns = client.Stats.Xruns;
            var notes = new CalibrationNotes(options.Notes, client.SampleRate, client.Clock.ToFrame(client.Clock.Now.PlusSeconds(LeadSeconds * 2)), options.Seed + (ulong)attempt - 1);
            var sent = Hand(client, player, notes.Count, Note, () => !last && client.Stats.Xruns > xruns);
            if (sent == notes.Count) WaitUntil(client, client.Clock.ToHost(notes.End).Nanoseconds);
            result = Compare(client, notes, peer, sent, to ?? OwnOutput) with { Xruns = client.Stats.Xruns - xruns, Attempts = attempt };
            return true;

            PlannedNote Note(int i) => new(client.Clock.ToHost(notes.On(i)), client.Clock.ToHost(notes.Off(i)), 0, (byte)CalibrationNotes.Pitch(i), (byte)CalibrationNotes.Velocity(i), player.Epoch);
        }
    }

    private static bool TryFind(JackClient client, JackEnd end, string pattern, [NotNullWhen(true)] out string? port, out string reason)
    {
        port = null;
        var ports = client.Matching(end, pattern);
        if (ports.Count == 0)
        {
            // It says what there is instead.
            client.TryConnect(end, pattern, out reason);
            return false;
        }

        reason = ports.Count > 1 ? $"\"{pattern}\" matches {string.Join(", ", ports)}; allowed is one port." : "";
        port = ports[0];
        return ports.Count == 1;
    }

    private static CalibrationResult Compare(JackClient client, CalibrationNotes notes, MeasurePeer peer, int sent, string output)
    {
        var came = new int?[notes.Count];
        var first = client.Clock.ToCounter(notes.On(0));
        for (var i = 0; i < peer.Count; i++)
        {
            var frame = notes.On(0) + (int)(peer.Frame(i) - first);
            var note = notes.EchoOf(frame, peer.Note(i).Pitch);
            // Of several echoes the first one is heard.
            if (note >= 0 && note < sent) came[note] ??= (int)(frame - notes.On(note));
        }

        var velocities = CalibrationNotes.Velocities;
        return new CalibrationResult(
            output,
            [.. velocities.Select((velocity, place) => (velocity, (IReadOnlyList<int>)[.. came.Where((wait, i) => wait is not null && i % velocities.Length == place).Select(wait => wait!.Value).Order()]))],
            [.. velocities.Select((_, place) => Enumerable.Range(0, sent).Count(i => i % velocities.Length == place))],
            client.SampleRate,
            0,
            0,
            client.IsNative);
    }
}
