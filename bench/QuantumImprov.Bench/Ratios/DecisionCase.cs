using QuantumImprov.Bench.Quantum;

namespace QuantumImprov.Bench.Ratios;

/// <summary>One whole decision without memory: 16 laws over 64 candidates in, the council's circuit built and simulated, one kept sample out.</summary>
internal static class DecisionCase
{
    internal static CaseResult Measure()
    {
        var decision = new CouncilDecision { Coherence = 1 };
        decision.Fill();
        return new CaseResult("decision-0", Timing.Measure(() => decision.Decide()), null, null);
    }
}
