using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Noise;

/// <summary>
/// The slow twin of noisy runs: for every word of classical bits that can be read, the density matrix that goes with it. Nothing is sampled, so laws are exact. For circuits of up to
/// <see cref="DensityMatrix.MostQubits"/> qubits. Pure; allocates freely.
/// </summary>
public static class DensityReference
{
    // Below this a branch is rounding.
    private const double Nothing = 1e-30;

    /// <summary>The exact law of the classical bits at the end of a noisy run.</summary>
    /// <exception cref="ArgumentException">The circuit has too many qubits, or the profile is not legal.</exception>
    public static IReadOnlyDictionary<ulong, double> Law(Circuit circuit, NoiseProfile profile)
    {
        var law = new SortedDictionary<ulong, double>();
        foreach (var (bits, state) in Branches(circuit, profile)) law[bits] = state.Trace;
        return law;
    }

    /// <summary>The state at the end of a noisy run, mixed over everything that may have been read; with <paramref name="keep"/> over the words it accepts.</summary>
    /// <param name="circuit">Up to <see cref="DensityMatrix.MostQubits"/> qubits.</param>
    /// <param name="profile">The noise.</param>
    /// <param name="keep">Which words of classical bits count; null for all.</param>
    /// <exception cref="ArgumentException">The circuit has too many qubits, the profile is not legal, or no word is kept.</exception>
    public static DensityMatrix State(Circuit circuit, NoiseProfile profile, Func<ulong, bool>? keep = null)
    {
        var kept = Branches(circuit, profile).Where(b => keep?.Invoke(b.Key) ?? true).Select(b => b.Value).ToList();
        if (kept.Count == 0) throw new ArgumentException("None of the words that the circuit can read is kept.", nameof(keep));
        var whole = kept.Skip(1).Aggregate(kept[0], (sum, state) => sum.Plus(state));
        return whole.Scaled(1 / whole.Trace);
    }

    private static Dictionary<ulong, DensityMatrix> Branches(Circuit circuit, NoiseProfile profile)
    {
        var branches = new Dictionary<ulong, DensityMatrix> { [0] = new(circuit.Qubits) };
        foreach (var (operation, after) in NoisyCircuit.Of(circuit, profile))
        {
            var next = new Dictionary<ulong, DensityMatrix>();
            foreach (var (bits, state) in branches)
            {
                if (!operation.Condition.Holds(bits)) Add(next, bits, state);
                else if (operation.Gate.Shape == GateShape.Measurement) Measure(next, bits, state, operation, profile.ReadoutOf(operation.Qubits[0]));
                else Add(next, bits, Changed(state, operation, after));
            }

            branches = next;
        }

        return branches;
    }

    private static DensityMatrix Changed(DensityMatrix state, Operation operation, IEnumerable<NoisyCircuit.Strike> after)
    {
        var changed = state.Scaled(1);
        if (operation.Gate.Shape == GateShape.Reset) changed.Reset(operation.Qubits[0]);
        else changed.Apply(new Operation(operation.Gate, operation.Qubits, operation.Parameters));
        foreach (var strike in after) changed.Apply(strike.Channel, strike.Qubits);
        return changed;
    }

    private static void Measure(Dictionary<ulong, DensityMatrix> next, ulong bits, DensityMatrix state, Operation operation, ReadoutError error)
    {
        var bit = 1UL << operation.Bit;
        foreach (var value in (bool[])[false, true])
        {
            var left = state.Read(operation.Qubits[0], value);
            var wrong = error.Of(value);
            Add(next, value ? bits | bit : bits & ~bit, left.Scaled(1 - wrong));
            Add(next, value ? bits & ~bit : bits | bit, left.Scaled(wrong));
        }
    }

    private static void Add(Dictionary<ulong, DensityMatrix> branches, ulong bits, DensityMatrix state)
    {
        if (state.Trace < Nothing) return;
        branches[bits] = branches.TryGetValue(bits, out var there) ? there.Plus(state) : state;
    }
}
