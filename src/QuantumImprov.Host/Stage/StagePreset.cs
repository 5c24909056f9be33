namespace QuantumImprov.Host.Stage;

/// <summary>A preset the pages offer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">One line on what it is for.</param>
public sealed record StagePreset(string Name, string About);
