namespace QuantumImprov.Quantum.Backends;

/// <summary>The backend has taken a job, or found one it was asked for.</summary>
/// <param name="Job">The backend's own name of the job.</param>
public sealed record Accepted(string Job) : BackendReply;
