namespace QuantumImprov.Engine.Playing;

/// <summary>
/// Marks what the player and the audio callback run: it allocates nothing, locks nothing, waits for nothing, logs nothing and throws nothing. An architecture
/// test reads the compiled code of every marked member and of all it calls in this house.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor | AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RealTimeAttribute : Attribute;
