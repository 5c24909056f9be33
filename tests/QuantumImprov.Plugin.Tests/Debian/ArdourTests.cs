using System.Text.RegularExpressions;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Midi.Files;
using QuantumImprov.Plugin.State;
using QuantumImprov.Plugin.Tests.Hosts;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Debian;

/// <summary>A real DAW without a screen: it plays a phrase into the plugin, records the answer on a track, saves, opens again and has learned.</summary>
[Collection(OneServer.Name)]
public class ArdourTests
{
    [Fact]
    public void Ardour_records_the_answer_onto_a_track_and_keeps_what_was_learned_with_the_session()
    {
        Parts.Need(Ardour.IsThere, "ardour7-lua is missing: install ardour");
        using var folders = new PluginFolders();
        var there = JackServer.TryStart(256, out var server, out var reason);
        Parts.Need(there, reason);
        using var stopped = server!;
        using var peer = new JackPeer("musician", server!.Name);
        var environment = folders.EnvironmentOn(server);
        // Ardour takes what its scanner has found; a link it does not follow.
        var bundle = Path.Combine(folders.Home, ".vst3", "QuantumImprov.vst3");
        Directory.Delete(bundle);
        Copy(Path.Combine(PluginLibrary.Folder, "QuantumImprov.vst3"), bundle);
        Assert.Equal(0, Tool.Run(Path.Combine(Ardour.Folder, "ardour-vst3-scanner"), new Dictionary<string, string>(environment) { ["LD_LIBRARY_PATH"] = Ardour.Folder }, null, "-f", bundle).Code);

        var song = Path.Combine(folders.Home, "song");
        foreach (var passes in (int[])[1, 2])
        {
            using var ardour = Ardour.Open(server, folders.Home, song, environment);
            if (passes == 1)
            {
                ardour.Do("add('partner')");
                ardour.Do("add('record')");
                ardour.Do("plugin('partner', '51496D70726F765175616E74756D4950')");
            }

            OnTheBeat(Play(ardour, peer));
            Assert.Equal(0, ardour.End());
            Assert.Equal(passes, PhrasesIn(song));
        }
    }

    // Plays a phrase in time with the session's transport; what was recorded, in quarters from its start.
    private static List<double> Play(Ardour ardour, JackPeer peer)
    {
        ardour.Do("listen('partner')");
        ardour.Do("arm('record', true)");
        ardour.Do("back()");
        peer.Connect("musician:to", "ardour:partner/midi_in 1");
        peer.Connect("ardour:partner/midi_out 1", "ardour:record/midi_in 1");
        ardour.Do("roll()");
        var rolled = peer.Now;
        var at = rolled + Ardour.Quarter;
        foreach (var pitch in (byte[])[60, 62, 64, 65, 67, 64, 62, 60])
        {
            peer.Send(at, ShortMessage.NoteOn(0, pitch, 90));
            peer.Send(at + 10_000, ShortMessage.NoteOff(0, pitch));
            at += Ardour.Quarter / 2;
        }

        peer.WaitForFrame(rolled + 24 * Ardour.Quarter);
        var (_, recorded) = ardour.StopAfterRecording("record");
        var file = MidiFileReader.Read(File.ReadAllBytes(recorded));
        return [.. file.File!.ToPerformance().Messages.Where(m => m.Message.IsNoteOn).Select(m => m.At.Quarters)];
    }

    // The first note may be held over from before its beat; the others stand on sixteenths of the song, as loosely as the phrase was played, and up to two periods early: so much Ardour takes for the way from a port to a track.
    private static void OnTheBeat(List<double> notes)
    {
        Assert.True(notes.Count > 1, $"{notes.Count} notes were recorded.");
        Assert.All(notes.Skip(1), at => Assert.True(Math.Abs(at * 4 - Math.Round(at * 4)) < .15, string.Join(' ', notes)));
    }

    // The performer's phrases in the state that stands in the session: within a VST3 preset, which says at byte 40 where its list begins.
    private static int PhrasesIn(string song)
    {
        var chunk = Regex.Match(File.ReadAllText(Path.Combine(song, "song.ardour")), "<chunk>(.*?)</chunk>", RegexOptions.Singleline);
        Assert.True(chunk.Success, "The session holds no state of the plugin.");
        var preset = Convert.FromBase64String(chunk.Groups[1].Value.Trim());
        var state = PluginState.Read(preset.AsSpan(48, (int)BitConverter.ToInt64(preset, 40) - 48), out var fault);
        Assert.Null(fault);
        return state.Content!.Phrases.Count(p => p.Source == LearnedPhrase.FromPerformer);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
