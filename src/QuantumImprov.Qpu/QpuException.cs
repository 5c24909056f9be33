namespace QuantumImprov.Qpu;

/// <summary>A backend cannot be set up as asked: one sentence, what was found and what is allowed. Thrown before anything is sent; what vendors and the network do are values.</summary>
public sealed class QpuException(string sentence) : Exception(sentence);
