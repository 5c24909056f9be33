namespace QuantumImprov.Host.Stage.Ports;

/// <summary>What goes which way, in words.</summary>
/// <param name="What">What it is, such as "The partner plays on".</param>
/// <param name="Where">Where it goes, such as "channel 1".</param>
public readonly record struct StageRoute(string What, string Where);
