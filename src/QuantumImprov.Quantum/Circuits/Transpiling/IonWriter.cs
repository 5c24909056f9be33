namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>Turns as gpi and gpi2 with a frame, at most two of them; where no frame may be left, gpi2, gpi, gpi2.</summary>
internal sealed class IonWriter(int qubits, int bits) : NativeWriter(qubits, bits)
{
    // As with sx, whose frames move into the phases: SX RZ(a) = RZ(a) GPI2(-a).
    protected override double WriteTurn(int qubit, double theta, double phi, double lambda)
    {
        if (Is(theta, Math.PI))
        {
            Add("gpi", qubit, default, -lambda);
            return phi + lambda + Math.PI;
        }

        if (Is(theta, Math.PI / 2))
        {
            Add("gpi2", qubit, default, (Math.PI / 2) - lambda);
            return phi + lambda;
        }

        Add("gpi2", qubit, default, -lambda);
        Add("gpi2", qubit, default, -(theta + Math.PI + lambda));
        return phi + theta + lambda;
    }

    // GPI2(a) GPI(b) GPI2(c) = RZ(a) SX RZ(2b - a - c + pi) SX RZ(pi - c), read from right to left.
    protected override void WriteWhole(int qubit, Turn turn, Condition condition)
    {
        var (theta, phi, lambda) = turn.Angles();
        if (theta == 0)
        {
            Add("gpi", qubit, condition, 0);
            Add("gpi", qubit, condition, phi / 2);
            return;
        }

        var (a, c) = (phi + Math.PI, Math.PI - lambda);
        Add("gpi2", qubit, condition, c);
        Add("gpi", qubit, condition, (theta + a + c) / 2);
        Add("gpi2", qubit, condition, a);
    }

    // The axes are given against the frames.
    protected override void WritePair(Operation pair)
    {
        var p = pair.Parameters;
        Add(new Operation(pair.Gate, pair.Qubits, [Reduced(p[0] - Frame(pair.Qubits[0])), Reduced(p[1] - Frame(pair.Qubits[1])), Reduced(p[2])], condition: pair.Condition));
    }
}
