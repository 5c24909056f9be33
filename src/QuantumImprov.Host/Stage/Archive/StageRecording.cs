namespace QuantumImprov.Host.Stage.Archive;

/// <summary>A finished recording in the list of the stage.</summary>
/// <param name="Name">Its name, such as 2026-01-31_20-15-07: letters, digits, hyphens, underscores.</param>
/// <param name="Seconds">How long it is.</param>
/// <param name="PerformerNotes">Notes of the performer.</param>
/// <param name="PartnerNotes">Notes of the partner.</param>
/// <param name="Preset">The preset it began with.</param>
/// <param name="Seed">The seed it was played with.</param>
public sealed record StageRecording(string Name, double Seconds, int PerformerNotes, int PartnerNotes, string Preset, ulong Seed);
