namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>Turns as rz, sx, rz, sx, rz, with one sx or an x where that is enough.</summary>
internal sealed class RzSxWriter(int qubits, int bits) : NativeWriter(qubits, bits)
{
    protected override double WriteTurn(int qubit, double theta, double phi, double lambda) => Write(qubit, theta, phi, lambda, default);

    protected override void WriteWhole(int qubit, Turn turn, Condition condition)
    {
        var (theta, phi, lambda) = turn.Angles();
        Z(qubit, theta == 0 ? phi : Write(qubit, theta, phi, lambda, condition), condition);
    }

    // ecr is a flip of its first operand beside what commutes with turns about z, so there the frame goes on with the other sign; on the second, and where it may not happen, the frame is written.
    protected override void WritePair(Operation pair)
    {
        Settle(pair.Qubits[1]);
        if (pair.Condition.Always) Frame(pair.Qubits[0]) *= -1;
        else Settle(pair.Qubits[0]);
        Add(pair);
    }

    private double Write(int qubit, double theta, double phi, double lambda, Condition condition)
    {
        if (Is(theta, Math.PI))
        {
            Z(qubit, lambda, condition);
            Add("x", qubit, condition);
            return phi + Math.PI;
        }

        if (Is(theta, Math.PI / 2))
        {
            Z(qubit, lambda - (Math.PI / 2), condition);
            Add("sx", qubit, condition);
            return phi + (Math.PI / 2);
        }

        Z(qubit, lambda, condition);
        Add("sx", qubit, condition);
        Z(qubit, theta + Math.PI, condition);
        Add("sx", qubit, condition);
        return phi + Math.PI;
    }

    private void Z(int qubit, double angle, Condition condition)
    {
        if (!Is(angle, 0)) Add("rz", qubit, condition, angle);
    }
}
