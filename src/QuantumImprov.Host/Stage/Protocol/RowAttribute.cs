namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>On a record: a message has it as an array of its values, in their order, not as an object.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RowAttribute : Attribute;
