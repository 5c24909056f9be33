namespace QuantumImprov.Quantum.Circuits;

/// <summary>What a circuit costs on a device.</summary>
/// <param name="Operations">All operations but barriers.</param>
/// <param name="TwoQubitGates">Unitary operations on two or more qubits.</param>
/// <param name="Depth">The longest chain of operations that have to wait for one another; barriers cost nothing but keep order.</param>
public readonly record struct CircuitCost(int Operations, int TwoQubitGates, int Depth)
{
    /// <summary>Counts a circuit.</summary>
    public static CircuitCost Of(Circuit circuit)
    {
        var (operations, pairs, depth) = (0, 0, 0);
        var qubitReady = new int[circuit.Qubits];
        var bitReady = new int[circuit.Bits];
        foreach (var operation in circuit.Operations)
        {
            var start = operation.Qubits.Max(q => qubitReady[q]);
            for (var bit = 0; bit < circuit.Bits; bit++)
            {
                if (bit == operation.Bit || (operation.Condition.Mask >> bit & 1) != 0) start = Math.Max(start, bitReady[bit]);
            }

            var barrier = operation.Gate.Shape == GateShape.Barrier;
            var end = barrier ? start : start + 1;
            foreach (var q in operation.Qubits) qubitReady[q] = end;
            if (operation.Bit >= 0) bitReady[operation.Bit] = end;
            depth = Math.Max(depth, end);
            if (barrier) continue;
            operations++;
            if (operation.Gate.IsUnitary && operation.Qubits.Length > 1) pairs++;
        }

        return new CircuitCost(operations, pairs, depth);
    }
}
