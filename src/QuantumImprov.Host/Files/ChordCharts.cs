using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Presets;

namespace QuantumImprov.Host.Files;

/// <summary>Chord charts in files.</summary>
public static class ChordCharts
{
    /// <summary>What the flag is for.</summary>
    public const string Help = "Play over the chords of this chart, a text of bars between upright lines, round and round from the first bar on.";

    /// <summary>The chart in the file at <paramref name="path"/>; null when that is null.</summary>
    /// <exception cref="Refusal">The file cannot be read, or is no chart.</exception>
    public static ChordChart? Read(string? path)
    {
        if (path is null) return null;
        return ChordChartText.Read(PresetLibrary.ReadFile(path), out var fault) ?? throw new Refusal($"{path} is not a chord chart. {fault}");
    }
}
