using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Bench.Ratios;

/// <summary>The plain way: one pass over the state a gate, one amplitude after the other. Knows the gates of the speed table only.</summary>
internal sealed class ScalarReference(int qubits)
{
    private readonly double[] _re = new double[1 << qubits], _im = new double[1 << qubits];

    internal void Clear()
    {
        Array.Clear(_re);
        Array.Clear(_im);
        _re[0] = 1;
    }

    /// <summary>Runs gates; every rotation takes the next angle.</summary>
    internal void Run(Circuit circuit, ReadOnlySpan<double> angles, Xoshiro random)
    {
        var next = 0;
        foreach (var operation in circuit.Operations)
        {
            var q = operation.Qubits[0];
            switch (operation.Gate.Name)
            {
                case "ry":
                    RY(angles[next++], q);
                    break;
                case "rz":
                    RZ(angles[next++], q);
                    break;
                case "cx":
                    CX(q, operation.Qubits[1]);
                    break;
                case "cz":
                    CZ(q, operation.Qubits[1]);
                    break;
                case "measure":
                    Measure(q, random);
                    break;
                case "reset":
                    if (Measure(q, random)) X(q);
                    break;
                default:
                    throw new ArgumentException($"The reference does not know '{operation.Gate.Name}'.");
            }
        }
    }

    internal int Sample(Xoshiro random)
    {
        var left = random.NextDouble();
        for (var i = 0; i < _re.Length; i++)
        {
            left -= (_re[i] * _re[i]) + (_im[i] * _im[i]);
            if (left < 0) return i;
        }

        return _re.Length - 1;
    }

    private void RY(double angle, int qubit)
    {
        var (s, c) = Math.SinCos(angle / 2);
        var bit = 1 << qubit;
        for (var i = 0; i < _re.Length; i++)
        {
            if ((i & bit) != 0) continue;
            var (ar, ai, br, bi) = (_re[i], _im[i], _re[i | bit], _im[i | bit]);
            (_re[i], _im[i]) = ((c * ar) - (s * br), (c * ai) - (s * bi));
            (_re[i | bit], _im[i | bit]) = ((s * ar) + (c * br), (s * ai) + (c * bi));
        }
    }

    private void RZ(double angle, int qubit)
    {
        var (s, c) = Math.SinCos(angle / 2);
        for (var i = 0; i < _re.Length; i++)
        {
            var sin = (i >> qubit & 1) != 0 ? s : -s;
            (_re[i], _im[i]) = ((c * _re[i]) - (sin * _im[i]), (c * _im[i]) + (sin * _re[i]));
        }
    }

    private void CX(int control, int target)
    {
        for (var i = 0; i < _re.Length; i++)
        {
            if ((i >> control & 1) == 0 || (i >> target & 1) != 0) continue;
            var other = i | (1 << target);
            (_re[i], _re[other], _im[i], _im[other]) = (_re[other], _re[i], _im[other], _im[i]);
        }
    }

    private void CZ(int control, int target)
    {
        for (var i = 0; i < _re.Length; i++)
        {
            if ((i >> control & i >> target & 1) != 0) (_re[i], _im[i]) = (-_re[i], -_im[i]);
        }
    }

    private void X(int qubit)
    {
        for (var i = 0; i < _re.Length; i++)
        {
            var other = i ^ (1 << qubit);
            if (i < other) (_re[i], _re[other], _im[i], _im[other]) = (_re[other], _re[i], _im[other], _im[i]);
        }
    }

    private bool Measure(int qubit, Xoshiro random)
    {
        double one = 0;
        for (var i = 0; i < _re.Length; i++)
        {
            if ((i >> qubit & 1) != 0) one += (_re[i] * _re[i]) + (_im[i] * _im[i]);
        }

        var read = random.NextDouble() < one;
        var scale = 1 / Math.Sqrt(read ? one : 1 - one);
        for (var i = 0; i < _re.Length; i++)
        {
            var factor = (i >> qubit & 1) != 0 == read ? scale : 0;
            (_re[i], _im[i]) = (factor * _re[i], factor * _im[i]);
        }

        return read;
    }
}
