using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Tests.Chains.Council;

namespace QuantumImprov.Quantum.Tests.Chains;

/// <summary>A council to be sent round; a shot counts when the selector reads 0.</summary>
internal static class CouncilRoundTrip
{
    internal static RoundTripChain Of(ulong seed, int members, int candidates, double coherence)
    {
        var c = CouncilInputs.Random(seed, members, candidates, coherence);
        var step = new CouncilStep(members, candidates);
        step.Prepare(c.Amplitudes, c.Weights, members, candidates, coherence);
        var law = new double[candidates];
        var kept = CouncilLaw.Write(c.Amplitudes, c.Weights, members, candidates, coherence, law);
        var (notes, selector) = (step.NoteQubits, (1UL << step.SelectorQubits) - 1);
        return new RoundTripChain(step.ToCircuit(), bits => (bits >> notes & selector) == 0 ? (int)(bits & ((1UL << notes) - 1)) : -1, law, kept);
    }

    /// <summary>With a memory at the beginning of a phrase and general steps, so that an ancilla must read 0 as well.</summary>
    internal static RoundTripChain WithMemory(ulong seed, int members, int candidates, int qubits, double coherence)
    {
        var c = MemoryCouncil.Random(seed, members, candidates, qubits, coherence, complex: true, unitary: false);
        var memory = new CouncilMemory(qubits);
        var step = new CouncilStep(members, candidates, qubits);
        step.Prepare(c.Terms, memory);
        var law = new double[candidates];
        var kept = CouncilLaw.Write(c.Terms, memory, law);
        var (notes, others) = (step.NoteQubits, (1UL << (step.SelectorQubits + step.AncillaQubits)) - 1);
        return new RoundTripChain(step.ToCircuit(), bits => (bits >> notes & others) == 0 ? (int)(bits & ((1UL << notes) - 1)) : -1, law, kept);
    }
}
