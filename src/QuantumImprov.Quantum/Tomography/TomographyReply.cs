using QuantumImprov.Quantum.Backends;

namespace QuantumImprov.Quantum.Tomography;

/// <summary>What came of a tomography; exactly one of the two is there.</summary>
/// <param name="Tomogram">What was found out.</param>
/// <param name="Failure">Why nothing was: <see cref="Late"/> or <see cref="Refused"/>.</param>
public sealed record TomographyReply(Tomogram? Tomogram, BackendReply? Failure);
