using System.Collections.Immutable;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Plugin.Processing;

/// <summary>The presets that come with the plugin, and every way each of them can be played. Read once. [any]</summary>
internal static class ShippedPresets
{
    private const string Folder = "presets/";
    private static readonly int Ways = 1 + Enum.GetValues<WayOfPlaying>().Length;

    /// <summary>As they are written, by name. All speak on channel 1, and their further voices on those after it: the plugin's own parameter says where channel 1 is heard.</summary>
    internal static ImmutableArray<Preset> All { get; } = [.. Together([.. Read()])];

    /// <summary>Each as it is and with each way of playing, in the order of <see cref="Of"/>.</summary>
    internal static ImmutableArray<Preset> Playable { get; } =
        [.. All.SelectMany(p => Enumerable.Range(0, Ways).Select(way => way == 0 ? p : p with { Way = p.Way with { Way = (WayOfPlaying)(way - 1) } }))];

    /// <summary>Preset <paramref name="number"/>, from 0, played in <paramref name="way"/>: 0 as it says, else one more than a <see cref="WayOfPlaying"/>.</summary>
    internal static Preset Of(int number, int way) => Playable[number * Ways + way];

    private static IEnumerable<Preset> Together(Preset[] read)
    {
        foreach (var preset in read)
        {
            var own = PresetVoices.Resolve(preset with { Channel = 1 }, read, out var faults);
            if (!faults.IsEmpty) throw new InvalidOperationException($"The shipped preset {preset.Name}: {faults[0]}");
            for (var number = 2; number <= VoiceRules.Most; number++)
            {
                if (own.Voice(number).IsOn) own = own.WithVoice(number, own.Voice(number) with { Channel = number });
            }

            yield return own;
        }
    }

    private static IEnumerable<Preset> Read()
    {
        var assembly = typeof(ShippedPresets).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return PresetText.Read(text.ReadToEnd(), out var faults) ?? throw new InvalidOperationException($"The shipped {name}: {faults[0]}");
        }
    }
}
