using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Host.Tests.Live;
using QuantumImprov.Storage.Plugins;
using QuantumImprov.Storage.Repertoires;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Daw;

/// <summary>A repertoire goes from the program into the plugin in a real DAW, and from its song back.</summary>
[Collection("JACK")]
public sealed class PluginExchangeTests(JackHouse house)
{
    [Fact]
    public void Ardour_offers_what_was_given_as_a_preset_and_its_song_gives_it_back()
    {
        Parts.Need(Ardour.IsThere, "Ardour is not installed: install the package ardour.");
        var bundle = Path.Combine(Repository.Folder("artifacts"), "plugin", "QuantumImprov.vst3");
        Parts.Need(Directory.Exists(bundle), $"{bundle} is not built: run ./publish-plugin");
        using var scratch = new Scratch();
        var home = new Dictionary<string, string> { ["HOME"] = scratch.Path };
        var shipped = ShippedRepertoire.Learn().ToContent();
        var mine = shipped with { Phrases = [.. shipped.Phrases.Take(5).Select(p => p with { Source = LearnedPhrase.FromPerformer })] };
        Assert.IsType<RepertoireSave.Saved>(RepertoireFile.Save(scratch["mine.repertoire"], mine));
        using (var give = ProgramRun.StartWith(home, scratch, "plugin", "give", "mine.repertoire", "--name", "Evening")) Assert.Equal((0, ""), (give.End().Code, give.Error));

        // Ardour takes what its scanner has found; a link it does not follow.
        var installed = Path.Combine(scratch.Path, ".vst3", "QuantumImprov.vst3");
        Copy(bundle, installed);
        Copy(Path.ChangeExtension(bundle, "lv2"), Path.Combine(scratch.Path, ".lv2", "QuantumImprov.lv2"));
        var environment = new Dictionary<string, string>(home) { ["VST3_PATH"] = Path.Combine(scratch.Path, ".vst3"), ["LV2_PATH"] = Path.Combine(scratch.Path, ".lv2") + ":/usr/lib/lv2" };
        Assert.Equal(0, Tool.Run(Path.Combine(Ardour.Folder, "ardour-vst3-scanner"), new Dictionary<string, string>(environment) { ["LD_LIBRARY_PATH"] = Ardour.Folder }, null, "-f", installed).Code);
        using (var ardour = Ardour.Open(house.Server, scratch.Path, scratch["song"], environment))
        {
            ardour.Do("add('partner')");
            ardour.Do($"plugin('partner', '{VstPreset.Class}', 'Evening')");
            ardour.Do("add('fresh')");
            ardour.Do("plugin('fresh', 'urn:quantumimprov:plugin', '', ARDOUR.PluginType.LV2)");
            ardour.Do("save()");
            Assert.Equal(0, ardour.End());
        }

        using var take = ProgramRun.StartWith(home, scratch, "plugin", "take", Path.Combine("song", "song.ardour"), "--out", "back.repertoire");
        Assert.Equal((0, ""), (take.End().Code, take.Error));
        Assert.Equal(mine.Phrases, Assert.IsType<RepertoireLoad.Loaded>(RepertoireFile.Load(scratch["back.repertoire"])).Content.Phrases);

        // The LV2, which was given nothing, has its state in a file of its own.
        var state = Assert.Single(Directory.GetFiles(scratch["song"], "state.ttl", SearchOption.AllDirectories));
        var fresh = ProgramRun.Run(scratch, "plugin", "take", state, "--out", "fresh.repertoire");
        Assert.Equal(1, fresh.Code);
        Assert.Contains("has learned nothing yet", fresh.Error, StringComparison.Ordinal);
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
