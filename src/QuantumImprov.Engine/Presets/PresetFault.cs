namespace QuantumImprov.Engine.Presets;

/// <summary>Something wrong with a preset.</summary>
/// <param name="Path">Where, as a path with dots; empty for the whole text.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Allowed">What may stand there.</param>
public sealed record PresetFault(string Path, string Found, string Allowed)
{
    /// <summary>One sentence.</summary>
    public override string ToString() => Path.Length > 0 ? $"{Path}: found {Found}; allowed is {Allowed}." : $"Found {Found}; allowed is {Allowed}.";
}
