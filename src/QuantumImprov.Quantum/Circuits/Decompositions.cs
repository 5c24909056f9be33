using System.Numerics;
using QuantumImprov.Quantum.Preparation;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>
/// How each gate is built from simpler ones, equal up to a global phase; followed to the end only CX and one-qubit gates remain. Operands of the rules are numbered from 0 in the gate's order.
/// </summary>
internal static class Decompositions
{
    /// <summary>One step down on qubits 0..n-1; null for gates that have no simpler form.</summary>
    internal static Circuit? Of(Gate gate, ReadOnlySpan<double> p, int n)
    {
        var c = new CircuitBuilder(n);
        switch (gate.Name)
        {
            case "sx":
                c.Gate("rx", [Math.PI / 2], [0]);
                break;
            case "sxdg":
                c.Gate("rx", [-Math.PI / 2], [0]);
                break;
            case "p":
                c.RZ(p[0], 0);
                break;
            case "prx":
                c.RZ(-p[1], 0).Gate("rx", [p[0]], [0]).RZ(p[1], 0);
                break;
            case "gpi":
                c.X(0).RZ(2 * p[0], 0);
                break;
            case "gpi2":
                c.RZ(-p[0], 0).Gate("rx", [Math.PI / 2], [0]).RZ(p[0], 0);
                break;
            case "ecr":
                c.RZ(Math.PI / 2, 0).Gate("rx", [Math.PI / 2], [1]).CX(0, 1).X(0);
                break;
            case "ms":
                MolmerSorensen(p, c);
                break;
            case "cy":
                c.Gate("sdg", 1).CX(0, 1).Gate("s", 1);
                break;
            case "cz":
                c.H(1).CX(0, 1).H(1);
                break;
            case "ch":
                c.RY(-Math.PI / 4, 1).Gate("cz", 0, 1).RY(Math.PI / 4, 1);
                break;
            case "crx":
                c.H(1).Gate("crz", p, [0, 1]).H(1);
                break;
            case "cry":
                c.MultiplexedRY([0, p[0]], 1, 0);
                break;
            case "crz":
                c.MultiplexedRZ([0, p[0]], 1, 0);
                break;
            case "swap":
                c.CX(0, 1).CX(1, 0).CX(0, 1);
                break;
            case "cswap":
                c.CX(2, 1).Gate("ccx", 0, 1, 2).CX(2, 1);
                break;
            case "ccx" or "mcx":
                int[] all = [.. Enumerable.Range(0, n)];
                c.H(n - 1).Gate("mcp", [Math.PI], all).H(n - 1);
                break;
            case "cp" or "mcp":
                var phases = new double[1 << n];
                phases[^1] = p[0];
                c.Diagonal(phases, [.. Enumerable.Range(0, n)]);
                break;
            case "muxry":
                Multiplexed("ry", p, n, c);
                break;
            case "muxrz":
                Multiplexed("rz", p, n, c);
                break;
            case "mux":
                UnitarySynthesis.Multiplexor(p, n, c);
                break;
            case "diag":
                Diagonal(p, n, c);
                break;
            case "unitary":
                UnitarySynthesis.Whole(p, n, c);
                break;
            case "prep":
                return StateLoading.Circuit(p, n);
            case "prepdg":
                return StateLoading.Circuit(p, n).Inverse();
            default:
                return null;
        }

        return c.Build();
    }

    // exp(-i theta/2 Z Z) between two changes of axes; at a quarter turn CZ does it.
    private static void MolmerSorensen(ReadOnlySpan<double> p, CircuitBuilder c)
    {
        c.RZ(-p[0], 0).RZ(-p[1], 1).H(0).H(1);
        if (Math.Abs(p[2]) == Math.PI / 2) c.RZ(p[2], 0).RZ(p[2], 1).Gate("cz", 0, 1);
        else c.CX(0, 1).RZ(p[2], 1).CX(0, 1);
        c.H(0).H(1).RZ(p[0], 0).RZ(p[1], 1);
    }

    private static void Multiplexed(string rotation, ReadOnlySpan<double> p, int n, CircuitBuilder c)
    {
        var angles = p.ToArray();
        GrayCode.Transform(angles, new double[angles.Length]);
        for (var i = 0; i < angles.Length; i++) c.Gate(rotation, [angles[i]], [0]).CX(1 + GrayCode.ControlAfter(i, n - 1), 0);
    }

    // The lowest qubit becomes a multiplexed RZ by the differences of neighbours, the means are a diagonal on the rest; 2^n - 2 CX in all.
    private static void Diagonal(ReadOnlySpan<double> phases, int n, CircuitBuilder c)
    {
        if (n == 1)
        {
            c.RZ(phases[1] - phases[0], 0);
            return;
        }

        var differences = new double[phases.Length / 2];
        var means = new double[phases.Length / 2];
        for (var j = 0; j < means.Length; j++)
        {
            differences[j] = phases[(2 * j) + 1] - phases[2 * j];
            means[j] = (phases[2 * j] + phases[(2 * j) + 1]) / 2;
        }

        int[] rest = [.. Enumerable.Range(1, n - 1)];
        c.MultiplexedRZ(differences, 0, rest).Diagonal(means, rest);
    }
}
