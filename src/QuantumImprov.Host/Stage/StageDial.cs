using QuantumImprov.Engine.Session;

namespace QuantumImprov.Host.Stage;

/// <summary>A dial as the pages show it.</summary>
/// <param name="Name">What it is called in messages and presets.</param>
/// <param name="Title">What it is called on the page.</param>
/// <param name="Low">What it means to turn it down.</param>
/// <param name="High">What it means to turn it up.</param>
/// <param name="Command">What turning it asks of the session.</param>
internal sealed record StageDial(string Name, string Title, string Low, string High, CommandKind Command)
{
    /// <summary>All dials, in the order they are shown in.</summary>
    public static IReadOnlyList<StageDial> All { get; } =
    [
        new("coherence", "Coherence", "classical", "quantum", CommandKind.Coherence),
        new("phase", "Phase", "in step", "opposed", CommandKind.Phase),
        new("novelty", "Novelty", "as learned", "unlikely", CommandKind.Novelty),
    ];

    /// <summary>Their names in a sentence.</summary>
    public static string Names { get; } = string.Join(", ", All.Take(All.Count - 1).Select(d => d.Name)) + " or " + All[^1].Name;

    /// <summary>The dial of that name, or null.</summary>
    public static StageDial? Find(string? name) => All.FirstOrDefault(d => d.Name == name);
}
