
namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary>What a fill would send and cost.</summary>
internal sealed record FillEstimate(string Device, int Jobs, int Circuits, long Executions, int Classes, int Qubits, int TwoQubitGates, double DeviceSeconds, decimal Price, string Currency);
