using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

/// <summary>A synthesizer that knows nothing of us plays what our port sends.</summary>
[Collection("JACK")]
public sealed class FluidSynthTests(JackHouse house)
{
    private static readonly string[] Fonts = ["/usr/share/sounds/sf2/TimGM6mb.sf2", "/usr/share/sounds/sf2/default-GM.sf2", "/usr/share/sounds/sf2/FluidR3_GM.sf2"];

    [Fact]
    public void A_FluidSynth_process_on_our_port_sounds_while_the_partner_plays_and_only_then()
    {
        Parts.Need(Parts.Has("fluidsynth"), "FluidSynth is not installed: install the package fluidsynth.");
        var font = Fonts.FirstOrDefault(File.Exists);
        Parts.Need(font is not null, "There is no SoundFont: install the package timgm6mb-soundfont.");
        LiveRig.Play(house.Server, rig =>
        {
            using var synth = Start(font!);
            using var ear = new JackPeer("ear", house.Server.Name);
            ear.Connect($"{rig.Name}:out", "fs:midi_00");
            ear.Connect("fs:left", "ear:hear");
            var silence = rig.Soon(200);
            rig.PlayPhrase(silence, 60, 64, 67, 64);
            var first = rig.WaitForAnswer(0);
            rig.Listener.WaitForFrame(first + 24000);
            Assert.True(ear.LoudnessBetween(silence, first - 1024) < 1e-5, "FluidSynth sounds before the partner plays.");
            Assert.True(ear.LoudnessBetween(first, first + 24000) > .001, "FluidSynth is not heard.");
            End(synth);
        });
    }

    private Process Start(string font)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var words = $"-i -s -a jack -m jack -o midi.jack.id=fs -o audio.jack.id=fs -o audio.jack.autoconnect=0 -o shell.port={port} -g 0.8 -r 48000 {font}".Split(' ');
        var start = new ProcessStartInfo("fluidsynth", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["JACK_DEFAULT_SERVER"] = house.Server.Name;
        start.Environment["JACK_NO_START_SERVER"] = "1";
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
    }
}
