namespace QuantumImprov.Host.Stage.Ports;

/// <summary>A port of somebody else that one of ours can be connected with.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Cable">Whether it is.</param>
public readonly record struct StagePort(string Name, CableState Cable);
