namespace QuantumImprov.Testing;

/// <summary>Counts that do not follow the law they were compared with.</summary>
public sealed class LawNotFollowedException(string message) : Exception(message);
