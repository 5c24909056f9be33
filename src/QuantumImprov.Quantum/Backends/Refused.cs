namespace QuantumImprov.Quantum.Backends;

/// <summary>The backend cannot or will not run the circuit.</summary>
/// <param name="Reason">One sentence: what was found, what is allowed.</param>
public sealed record Refused(string Reason) : BackendReply;
