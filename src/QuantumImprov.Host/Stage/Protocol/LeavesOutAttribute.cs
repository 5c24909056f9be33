namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>On a record: what is null in it is left out of the message.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LeavesOutAttribute : Attribute;
