using System.CommandLine;

namespace QuantumImprov.Host.Verbs.Qpu;

/// <summary><c>qpu</c>: quantum processors, their bank of shots, and what they cost.</summary>
public static class QpuVerb
{
    /// <summary>The verb.</summary>
    public static Command Create() => new("qpu", "Quantum processors: which there are, what they cost, and the bank of shots that plays from them.\n\nExample:\n  quantumimprov qpu rehearse --minutes 10")
    {
        ListVerb.Create(), StatusVerb.Create(), EstimateVerb.Create(), FillVerb.Create(), BankVerb.Create(), JobsVerb.Create(), CancelVerb.Create(), RunVerb.Create(), OscVerb.Create(), FakeVerb.Create(), RehearseVerb.Create(),
    };
}
