using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>What only LV2 hosts can do.</summary>
public class Lv2Tests
{
    [Fact]
    public void Sequences_of_any_bytes_are_read_as_far_as_they_are_whole()
    {
        using var rig = new Lv2Rig();
        rig.Activate(48_000);
        var (random, before) = (new Random(5), rig.Allocated);
        var bytes = new byte[4096];
        uint[] types = [Lv2Rig.Urid("http://lv2plug.in/ns/ext/midi#MidiEvent"), Lv2Rig.Urid("http://lv2plug.in/ns/ext/atom#Object"), Lv2Rig.Urid("http://lv2plug.in/ns/ext/time#Position"), Lv2Rig.Urid("http://lv2plug.in/ns/ext/time#beatsPerMinute"), Lv2Rig.Urid("http://lv2plug.in/ns/ext/atom#Float")];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            var words = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan());
            // Sizes that lie a little, and types that are known here and there.
            words[0] = (uint)random.Next(0, 4088);
            for (var at = 4; at < words.Length; at++)
            {
                if (random.Next(3) == 0) words[at] = types[random.Next(types.Length)];
                else if (random.Next(3) == 0) words[at] = (uint)random.Next(64);
            }

            rig.ProcessBytes(random.Next(0, 300), bytes);
        }

        Assert.Equal(0, rig.Allocated - before);
    }

    [Fact]
    public void Without_ports_and_without_activation_a_block_does_no_harm()
    {
        using var rig = new Lv2Rig();
        rig.Process(64, [new HostedEvent(3, Engine.Music.ShortMessage.NoteOn(0, 60, 90))], null);
        // Not active: it only passes through.
        Assert.Equal([(3, Engine.Music.ShortMessage.NoteOn(0, 60, 90))], rig.Out);
    }
}
