using System.CommandLine;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Repertoire.Text;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Plugins;
using QuantumImprov.Storage.Repertoires;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>plugin take FILE | give [FILE] | shots</c>: repertoires out of the plugin and into it, and shots.</summary>
public static class PluginVerb
{
    private const int LongestName = 100, MostInstances = 9999;

    /// <summary>The verb.</summary>
    public static Command Create() => new("plugin", "Takes what the plugin has learned out of a DAW's song, gives it what the program has learned, or hands it shots of a quantum device.\n\nExample:\n  quantumimprov plugin take song.ardour --out evening.repertoire")
    {
        Take(), Give(), PluginShotsVerb.Create(),
    };

    private static Command Take()
    {
        var file = new Argument<string>("FILE") { Description = "A song of Ardour, a VST3 preset, an LV2 state (.ttl), or a state by itself." };
        var to = Flags.Text("--out", "FILE", "The repertoire to write; one that stands there is kept beside it as .bak.");
        to.Required = true;
        var number = Flags.Whole("--number", "N", 1, MostInstances, "Which of several instances in the file, from 1.");
        var command = new Command("take", "Takes what the plugin has learned out of a DAW's file, into a repertoire for --repertoire.\n\nExample:\n  quantumimprov plugin take song.ardour --out evening.repertoire") { file, to, number };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var (path, target) = (result.GetValue(file)!, result.GetValue(to)!);
            var content = Learned(path, result.GetValue(number));
            if (RepertoireFile.Save(target, content) is RepertoireSave.NotSaved refused) throw new Refusal(refused.Sentence);
            Tell(result, json, content, path, target, $"Play with it: quantumimprov --repertoire {target}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Give()
    {
        var file = new Argument<string?>("FILE") { Description = "A repertoire; default what the program itself keeps.", DefaultValueFactory = _ => null };
        var name = Flags.Text("--name", "NAME", "How the preset is called in the DAW; default as the file.");
        var to = Flags.Text("--out", "FILE", "Write the VST3 preset there instead of where DAWs look for it.");
        var command = new Command("give", "Makes a VST3 preset of a repertoire: chosen in the DAW, the plugin knows it.\n\nExample:\n  quantumimprov plugin give evening.repertoire --name Evening") { file, name, to };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var path = result.GetValue(file) ?? Own();
            var called = result.GetValue(name) ?? Path.GetFileNameWithoutExtension(path);
            if (called.Length is 0 or > LongestName || called.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()) || called.StartsWith('.'))
                throw new Refusal($"\"{called}\" is no name for a preset; allowed are 1 to {LongestName} characters that a file's name may have, the first no dot.");
            var target = result.GetValue(to) ?? Path.Combine(Presets(), called + ".vstpreset");
            var content = Repertoires.Read(path);
            Keep(target, VstPreset.Write(StateEnvelope.Wrap(content)));
            Tell(result, json, content, path, target, result.GetValue(to) is null ? $"In the DAW choose the preset \"{called}\" of QuantumImprov (VST3)." : "Load it in the DAW as a preset of QuantumImprov (VST3).");
            return ExitCodes.Done;
        });
        return command;
    }

    private static RepertoireContent Learned(string path, int? number)
    {
        var states = PluginStates.In(Bytes(path));
        if (states.Count == 0) throw new Refusal($"{path} holds no state of the plugin; allowed are songs of Ardour, VST3 presets, LV2 states and states by themselves.");
        if (number is null && states.Count > 1) throw new Refusal($"{path} holds the states of {states.Count} instances; say which with --number 1 to {states.Count}.");
        if (number > states.Count) throw new Refusal($"--number {number}: {path} holds {states.Count}; allowed are 1 to {states.Count}.");
        var content = StateEnvelope.ReadRepertoire(states[(number ?? 1) - 1], out var fault);
        if (fault is not null) throw new Refusal($"{path}: {fault}");
        return content ?? throw new Refusal($"{path}: the plugin has learned nothing yet that is not in every fresh install.");
    }

    private static string Presets() => PluginBundles.Presets(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        Environment.GetFolderPath(Environment.SpecialFolder.MyDocuments, Environment.SpecialFolderOption.DoNotVerify),
        DataFolder.ThisPlatform);

    private static string Own() => DataFolder.Open(Environment.GetEnvironmentVariable, DataFolder.ThisPlatform) is DataFolderOpening.Opened opened
        ? Path.Combine(opened.Folder.Repertoires, "session.repertoire")
        : throw new Refusal("There is no data folder, and so no repertoire of the program's own; name a file.");

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new Refusal($"{path} cannot be read: {Sentences.Reason(e)}");
        }
    }

    // As a whole or not at all: a DAW may be looking.
    private static void Keep(string path, byte[] preset)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            File.WriteAllBytes(path + ".new", preset);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new Refusal($"{path} cannot be written: {Sentences.Reason(e)}");
        }
    }

    private static void Tell(ParseResult result, JsonFlags json, RepertoireContent content, string from, string to, string next)
    {
        var notes = content.Phrases.Sum(p => p.Notes.Length);
        json.Write(result, new { from, to, phrases = content.Phrases.Length, notes });
        if (json.TakesOutput(result)) return;
        Console.Out.WriteLine($"{to}: {content.Phrases.Length} phrases, {notes} notes.");
        Console.Out.WriteLine(next);
    }
}
