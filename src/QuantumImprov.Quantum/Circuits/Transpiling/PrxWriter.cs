namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>Every turn as one prx and a frame; where no frame may be left, two prx.</summary>
internal sealed class PrxWriter(int qubits, int bits) : NativeWriter(qubits, bits)
{
    protected override double WriteTurn(int qubit, double theta, double phi, double lambda)
    {
        Add("prx", qubit, default, theta, (Math.PI / 2) - lambda);
        return phi + lambda;
    }

    // With U = RZ(rest) PRX(theta, at), and PRX(theta, at) = PRX(-pi, at) PRX(theta + pi, at), the rest becomes a phase: RZ(rest) PRX(pi, at) = PRX(pi, at + rest / 2).
    protected override void WriteWhole(int qubit, Turn turn, Condition condition)
    {
        var (theta, phi, lambda) = turn.Angles();
        var (rest, at) = (phi + lambda, (Math.PI / 2) - lambda);
        if (Is(rest, 0))
        {
            Add("prx", qubit, condition, theta, at);
            return;
        }

        Add("prx", qubit, condition, theta + Math.PI, at);
        Add("prx", qubit, condition, Math.PI, at + (rest / 2));
    }

    protected override void WritePair(Operation pair) => Add(pair);
}
