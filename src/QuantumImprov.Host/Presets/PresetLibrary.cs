using System.Collections.Immutable;
using System.Reflection;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.CommandLine;

namespace QuantumImprov.Host.Presets;

/// <summary>The presets that ship with the program, and those in files.</summary>
public static class PresetLibrary
{
    private const string Prefix = "presets/";

    /// <summary>The preset that plays when none is named.</summary>
    public const string Default = "answer";

    /// <summary>The largest preset file that is read, in bytes.</summary>
    public const long LongestFile = 1 << 20;

    private static readonly Lazy<IReadOnlyList<(string Name, string Text, Preset Preset)>> Shipped = new(Load);

    /// <summary>Names, texts and presets, by name.</summary>
    public static IReadOnlyList<(string Name, string Text, Preset Preset)> All => Shipped.Value;

    /// <summary>The preset called <paramref name="nameOrFile"/> with its text; null: the default.</summary>
    /// <exception cref="Refusal">No such preset or file, or faults in it.</exception>
    public static (string Text, Preset Preset) Find(string? nameOrFile)
    {
        nameOrFile ??= Default;
        foreach (var (name, text, preset) in All)
        {
            if (string.Equals(name, nameOrFile, StringComparison.OrdinalIgnoreCase)) return (text, preset);
        }

        if (!File.Exists(nameOrFile))
            throw new Refusal($"there is no preset \"{nameOrFile}\"; allowed are {string.Join(", ", All.Select(p => p.Name))}, or a preset file.");
        var content = ReadFile(nameOrFile);
        if (Read(content, out var faults) is { } read) return (content, read);
        throw new Refusal($"{nameOrFile} is not a preset. {string.Join(" ", faults)}");
    }

    /// <summary>The preset that <paramref name="json"/> describes, with the shipped ones its voices name, or null and every fault in it.</summary>
    public static Preset? Read(string json, out ImmutableArray<PresetFault> faults)
    {
        if (PresetText.Read(json, out faults) is not { } read) return null;
        var preset = PresetVoices.Resolve(read, [.. All.Select(p => p.Preset)], out faults);
        return faults.IsEmpty ? preset : null;
    }

    /// <summary>The presets that can be chosen by number: the shipped ones by name, then <paramref name="present"/> when it is none of them.</summary>
    public static ImmutableArray<Preset> InOrder(Preset present)
    {
        ImmutableArray<Preset> shipped = [.. All.Select(p => p.Preset)];
        return shipped.Any(p => p.Name == present.Name) ? shipped : shipped.Add(present);
    }

    /// <summary>The text of a preset file.</summary>
    /// <exception cref="Refusal">Missing, unreadable or absurdly large.</exception>
    public static string ReadFile(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= LongestFile ? File.ReadAllText(path) : throw new Refusal($"{path} has {length} bytes; a preset has at most {LongestFile}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new Refusal($"{path} cannot be read: {Sentences.Reason(e)}");
        }
    }

    private static Preset WithVoices(Preset preset, Preset[] known)
    {
        var resolved = PresetVoices.Resolve(preset, known, out var faults);
        return faults.IsEmpty ? resolved : throw new InvalidDataException($"the shipped preset {preset.Name} is faulty: {string.Join(" ", faults)}");
    }

    private static IReadOnlyList<(string, string, Preset)> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var presets = new List<(string Name, string Text, Preset Preset)>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var text = reader.ReadToEnd();
            var preset = PresetText.Read(text, out var faults) ?? throw new InvalidDataException($"the shipped preset {resource} is faulty: {string.Join(" ", faults)}");
            presets.Add((preset.Name, text, preset));
        }

        Preset[] known = [.. presets.Select(p => p.Preset)];
        return [.. presets.Select(p => (p.Name, p.Text, WithVoices(p.Preset, known)))];
    }
}
