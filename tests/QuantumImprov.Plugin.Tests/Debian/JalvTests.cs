using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Debian;

/// <summary>The LV2 in a host that is nobody of ours, between two JACK clients.</summary>
public class JalvTests
{
    [Fact]
    public void Jalv_plays_a_phrase_to_it_and_gets_an_answer_at_its_own_samples()
    {
        using var folders = new PluginFolders();
        var jalv = Parts.Program("jalv", "jalv");
        var there = JackServer.TryStart(256, out var server, out var reason);
        Parts.Need(there, reason);
        using var stopped = server!;
        using var peer = new JackPeer("musician", server!.Name);
        var environment = folders.Environment;
        environment["JACK_DEFAULT_SERVER"] = server.Name;
        environment["JACK_NO_START_SERVER"] = "1";
        using var host = Tool.Start(jalv, environment, "-i", "-n", "qi", "-c", "seed=7", "urn:quantumimprov:plugin");
        Wait.Until(() => peer.IsThere("qi:in") || host.HasExited, () => host.Output);
        Assert.True(peer.IsThere("qi:in"), host.Output);
        peer.Connect("musician:to", "qi:in");
        peer.Connect("qi:out", "musician:from");
        var at = peer.Now + 24_000;
        var first = at;
        byte last = 0;
        foreach (var pitch in (byte[])[60, 62, 64, 65, 67, 64, 62, 60])
        {
            peer.Send(at, ShortMessage.NoteOn(0, pitch, 90));
            peer.Send(at + 10_000, ShortMessage.NoteOff(0, pitch));
            at += 12_000;
            last = pitch;
        }

        Wait.Until(() => Notes(peer).Count >= 6 || host.HasExited, () => $"{peer.CameCount} messages; {host.Output}");
        // A key of the performer's ends it, and every note has its end.
        var now = peer.Now + 12_000;
        peer.Send(now, ShortMessage.NoteOn(0, last, 90));
        peer.Send(now + 2_000, ShortMessage.NoteOff(0, last));
        peer.WaitForFrame(now + 48_000);
        Assert.False(host.HasExited, host.Output);
        var notes = Notes(peer);
        Assert.All(notes, n => Assert.True(n.Frame > at));
        Assert.True(notes.Select(n => n.Frame % 256).Distinct().Count() > 2, "All notes stand at the edge of a period.");
        var sounding = new HashSet<byte>();
        foreach (var (_, message) in peer.Came)
        {
            if (message.IsNoteOn) sounding.Add(message.Data1);
            else if (message.IsNoteOff) sounding.Remove(message.Data1);
        }

        Assert.Empty(Awaiting(sounding, notes, now + 48_000));
        Assert.True(first < at);
    }

    // By then another answer may have begun; only what began before the last key must have ended.
    private static IEnumerable<byte> Awaiting(HashSet<byte> sounding, List<(uint Frame, ShortMessage Message)> notes, uint until) =>
        sounding.Where(pitch => notes.Last(n => n.Message.Data1 == pitch).Frame < until - 48_000);

    private static List<(uint Frame, ShortMessage Message)> Notes(JackPeer peer) => [.. peer.Came.Where(m => m.Message.IsNoteOn)];
}
