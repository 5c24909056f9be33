using System.CommandLine;
using System.Text.Json;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Presets;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>presets list|show NAME|check FILE|schema</c>.</summary>
public static class PresetsVerb
{
    /// <summary>The verb.</summary>
    public static Command Create() => new("presets", "Lists, shows and checks presets.\n\nExample:\n  quantumimprov presets list")
    {
        List(), Show(), Check(), Schema(),
    };

    private static Command List()
    {
        var command = new Command("list", "Lists the shipped presets, each with what it is for.\n\nExample:\n  quantumimprov presets list --json");
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            json.Write(result, new { presets = PresetLibrary.All.Select(p => new { name = p.Name, about = p.Preset.About, @default = p.Name == PresetLibrary.Default }) });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            var width = PresetLibrary.All.Max(p => p.Name.Length);
            foreach (var (name, _, preset) in PresetLibrary.All) Console.Out.WriteLine($"{name.PadRight(width)}  {preset.About}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("NAME|FILE") { Description = "A shipped preset, or a preset file." };
        var command = new Command("show", "Shows a preset with every value, given or not.\n\nExample:\n  quantumimprov presets show answer") { name };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var text = PresetText.Write(PresetLibrary.Find(result.GetValue(name)).Preset);
            using var document = JsonDocument.Parse(text);
            json.Write(result, document.RootElement);
            if (!json.TakesOutput(result)) Console.Out.Write(text);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Check()
    {
        var file = new Argument<string>("FILE") { Description = "A preset file." };
        var command = new Command("check", "Checks a preset file and names every fault in it.\n\nExample:\n  quantumimprov presets check my-preset.json") { file };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var path = result.GetValue(file)!;
            var preset = PresetLibrary.Read(PresetLibrary.ReadFile(path), out var faults);
            json.Write(result, new { file = path, valid = preset is not null, name = preset?.Name, faults });
            if (preset is null)
            {
                if (!json.TakesOutput(result))
                {
                    foreach (var fault in faults) Console.Out.WriteLine($"{path}: {fault}");
                }

                throw new Refusal($"{path} has {faults.Length} {(faults.Length == 1 ? "fault" : "faults")}.");
            }

            if (!json.TakesOutput(result)) Console.Out.WriteLine($"{path}: the preset \"{preset.Name}\" is sound.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Prints the JSON schema of presets.\n\nExample:\n  quantumimprov presets schema > preset.schema.json");
        command.SetAction(_ =>
        {
            Console.Out.Write(PresetSchema.Write());
            return ExitCodes.Done;
        });
        return command;
    }
}
