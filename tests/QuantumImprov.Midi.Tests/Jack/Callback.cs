namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>Which process callback a test runs with: what holds for one holds for the other.</summary>
public enum Callback
{
    Managed,
    Native,
}
