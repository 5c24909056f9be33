namespace QuantumImprov.Engine.Repertoire;

/// <summary>A note as the members learn it.</summary>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Time">When it sounded.</param>
public readonly record struct TimedPitch(byte Pitch, NoteTime Time);
