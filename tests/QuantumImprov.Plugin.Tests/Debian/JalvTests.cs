using QuantumImprov.Engine.Music;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Debian;

/// <summary>The LV2 in a host that is nobody of ours, between two JACK clients.</summary>
[Collection(OneServer.Name)]
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
        var environment = folders.EnvironmentOn(server);
        using var host = Tool.Start(jalv, environment, "-i", "-n", "qi", "-c", "seed=7", "urn:quantumimprov:plugin");
        Wait.Until(() => peer.IsThere("qi:in") || host.HasExited, () => host.Output);
        Assert.True(peer.IsThere("qi:in"), host.Output);
        peer.Connect("musician:to", "qi:in");
        peer.Connect("qi:out", "musician:from");
        var at = peer.Now + 24_000;
        foreach (var pitch in (byte[])[60, 62, 64, 65, 67, 64, 62, 60])
        {
            peer.Send(at, ShortMessage.NoteOn(0, pitch, 90));
            peer.Send(at + 10_000, ShortMessage.NoteOff(0, pitch));
            at += 12_000;
        }

        Wait.Until(() => Notes(peer).Count >= 2 && peer.CameCount == 2 * Notes(peer).Count || host.HasExited, () => $"{peer.CameCount} messages; {host.Output}");
        Assert.False(host.HasExited, host.Output);
        Assert.All(Notes(peer), n => Assert.True(n.Frame > at));
        Assert.Contains(Notes(peer), n => n.Frame % 256 != 0);
        Assert.Equal(Notes(peer).Select(n => n.Message.Data1).Order(), peer.Came.Where(m => m.Message.IsNoteOff).Select(m => m.Message.Data1).Order());
    }

    private static List<(uint Frame, ShortMessage Message)> Notes(JackPeer peer) => [.. peer.Came.Where(m => m.Message.IsNoteOn)];
}
