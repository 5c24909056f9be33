namespace QuantumImprov.Bench.Ratios;

/// <summary>One whole decision with two memory qubits. Null as long as there is no council step with a memory to measure.</summary>
internal static class DecisionTwo
{
    internal static CaseResult? Measure() => null;
}
