using QuantumImprov.Bench.Quantum;

namespace QuantumImprov.Bench.Ratios;

/// <summary>One whole decision: 16 laws over 64 candidates in, the council's circuit built and simulated, one kept sample out; with a memory, that is moved on.</summary>
internal static class DecisionCase
{
    internal static CaseResult Measure(int memoryQubits)
    {
        var decision = new CouncilDecision { Coherence = 1, MemoryQubits = memoryQubits };
        decision.Fill();
        return new CaseResult($"decision-{memoryQubits}", Timing.Measure(() => decision.Decide()), null, null);
    }
}
