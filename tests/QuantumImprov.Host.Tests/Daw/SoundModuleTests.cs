using System.Net;
using System.Net.Sockets;
using QuantumImprov.Host.Tests.Live;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Daw;

/// <summary>Synthesizers that know nothing of us play what our port sends.</summary>
[Collection("JACK")]
public sealed class SoundModuleTests(JackHouse house)
{
    private static readonly string[] Fonts = ["/usr/share/sounds/sf2/TimGM6mb.sf2", "/usr/share/sounds/sf2/default-GM.sf2", "/usr/share/sounds/sf2/FluidR3_GM.sf2"];

    [Fact]
    public void A_FluidSynth_process_on_our_port_sounds_while_the_partner_plays_and_only_then()
    {
        var font = Fonts.FirstOrDefault(File.Exists);
        Parts.Need(font is not null, "There is no SoundFont: install the package timgm6mb-soundfont.");
        Sounds("fluidsynth", "fs:midi_00", "fs:left", $"-i -s -a jack -m jack -o midi.jack.id=fs -o audio.jack.id=fs -o audio.jack.autoconnect=0 -o shell.port={FreePort()} -g 0.8 -r 48000 {font}");
    }

    [Fact]
    public void A_ZynAddSubFX_process_on_our_port_sounds_while_the_partner_plays_and_only_then() =>
        Sounds("zynaddsubfx", "zynaddsubfx:midi_input", "zynaddsubfx:out_1", $"-U -I jack -O jack -P {FreePort()}");

    private void Sounds(string program, string midi, string audio, string words)
    {
        Parts.Need(Parts.Has(program), $"{program} is not installed: install the package {program}.");
        LiveRig.Play(house.Server, rig =>
        {
            using var synth = Tool.Start(program, new Dictionary<string, string> { ["HOME"] = rig.Scratch.Path, ["JACK_DEFAULT_SERVER"] = house.Server.Name, ["JACK_NO_START_SERVER"] = "1" }, words.Split(' '));
            using var ear = new JackPeer("ear", house.Server.Name);
            ear.Connect($"{rig.Name}:out", midi);
            ear.Connect(audio, "ear:hear");
            var silence = rig.Soon(200);
            rig.PlayPhrase(silence, 60, 64, 67, 64);
            var first = rig.WaitForAnswer(0);
            rig.WaitForEnd();
            var last = rig.Listener.Came[^1].Frame;
            rig.Listener.WaitForFrame(last + 48000 * 4);
            Assert.True(ear.LoudnessBetween(silence, first - 1024) < 1e-5, $"{program} sounds before the partner plays.");
            Assert.True(ear.LoudnessBetween(first, first + 24000) > .001, $"{program} is not heard.");
            // What rings on is a thousandth of what sounded.
            var (sounding, after) = (ear.LoudnessBetween(first, last), ear.LoudnessBetween(last + 48000 * 3, last + 48000 * 4));
            Assert.True(after < sounding / 1000, $"Three seconds after the partner's last note {program} still has {after} of {sounding}.");
        });
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
