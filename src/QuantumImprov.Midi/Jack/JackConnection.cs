namespace QuantumImprov.Midi.Jack;

/// <summary>A connection of one of our ports.</summary>
/// <param name="End">Ours.</param>
/// <param name="Other">The other's full name.</param>
public readonly record struct JackConnection(JackEnd End, string Other);
