namespace QuantumImprov.Quantum.Backends;

/// <summary>The answer was not there in time (the caller's token was cancelled); nothing is wrong with the circuit.</summary>
public sealed record Late : BackendReply;
