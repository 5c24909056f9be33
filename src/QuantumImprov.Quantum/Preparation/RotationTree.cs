using System.Runtime.Intrinsics;

namespace QuantumImprov.Quantum.Preparation;

/// <summary>
/// The tree of RY rotations that loads a real state (Grover and Rudolph). Nodes lie in heap order: node h has the children 2h and 2h + 1, the root is 1, the leaves of
/// n qubits are 2^n .. 2^(n+1) - 1 in code order. Level l (nodes 2^l ..) rotates qubit n - 1 - l, controlled by all higher qubits. Every node splits its mass with
/// cos(theta/2) = sqrt(left / both) and sin(theta/2) = sqrt(right / both); a node without mass does not rotate. Pure; nothing is allocated.
/// </summary>
public static class RotationTree
{
    /// <summary>Adds the masses of the level below into level <paramref name="level"/>: mass[h] = mass[2h] + mass[2h+1].</summary>
    /// <param name="mass">Heap of masses, each at least 0.</param>
    /// <param name="level">0 is the root.</param>
    public static void Gather(Span<double> mass, int level)
    {
        var first = 1 << level;
        for (var h = first; h < first << 1; h++) mass[h] = mass[2 * h] + mass[(2 * h) + 1];
    }

    /// <summary>Writes the half-angle cosines (even places) and sines (odd places) of the nodes of level <paramref name="level"/> to their children's places.</summary>
    public static void Rotations(ReadOnlySpan<double> mass, Span<double> halfAngles, int level)
    {
        var first = 2 << level;
        if (first >= 4)
        {
            for (var child = first; child < first << 1; child += 4)
            {
                var both = Vector256.Create(mass[child >> 1], mass[child >> 1], mass[(child >> 1) + 1], mass[(child >> 1) + 1]);
                var share = Vector256.Sqrt(Vector256.Create(mass.Slice(child, 4)) / both);
                var still = Vector256.Equals(both, Vector256<double>.Zero);
                Vector256.ConditionalSelect(still, Vector256.Create(1d, 0, 1, 0), share).CopyTo(halfAngles.Slice(child, 4));
            }

            return;
        }

        var root = mass[1];
        halfAngles[2] = root == 0 ? 1 : Math.Sqrt(mass[2] / root);
        halfAngles[3] = root == 0 ? 0 : Math.Sqrt(mass[3] / root);
    }

    /// <summary>
    /// Applies level <paramref name="level"/> to a register whose qubit n - 1 - level still reads 0. The state over the higher qubits lies at its heap places; each of
    /// its amplitudes splits in two, (cos, sin) of its node, which is all a rotation does to a qubit at 0.
    /// </summary>
    public static void Split(Span<double> state, ReadOnlySpan<double> halfAngles, int level)
    {
        var first = 2 << level;
        for (var child = first; child < first << 1; child += 2)
        {
            var amplitude = state[child >> 1];
            state[child] = amplitude * halfAngles[child];
            state[child + 1] = amplitude * halfAngles[child + 1];
        }
    }

    /// <summary>The rotation angle of node <paramref name="node"/>, radians, 0 to pi.</summary>
    public static double Angle(ReadOnlySpan<double> halfAngles, int node) => 2 * Math.Atan2(halfAngles[(2 * node) + 1], halfAngles[2 * node]);

    /// <summary>
    /// Applies the inverse of level <paramref name="level"/> to a state of 2^registerQubits rows of <paramref name="width"/> amplitudes each: rows whose codes differ only in
    /// qubit registerQubits - 1 - level are turned back by their node's angle.
    /// </summary>
    public static void TurnBack(Span<double> state, ReadOnlySpan<double> halfAngles, int level, int registerQubits, int width)
    {
        var stride = 1 << (registerQubits - 1 - level);
        for (var node = 0; node < 1 << level; node++)
        {
            var cos = halfAngles[2 * ((1 << level) + node)];
            var sin = halfAngles[(2 * ((1 << level) + node)) + 1];
            for (var row = node * 2 * stride; row < (node * 2 * stride) + stride; row++)
                TurnRows(state.Slice(row * width, width), state.Slice((row + stride) * width, width), cos, sin);
        }
    }

    private static void TurnRows(Span<double> zero, Span<double> one, double cos, double sin)
    {
        var i = 0;
        var (c, s) = (Vector256.Create(cos), Vector256.Create(sin));
        for (; i + 4 <= zero.Length; i += 4)
        {
            var (a, b) = (Vector256.Create<double>(zero.Slice(i, 4)), Vector256.Create<double>(one.Slice(i, 4)));
            ((c * a) + (s * b)).CopyTo(zero.Slice(i, 4));
            ((c * b) - (s * a)).CopyTo(one.Slice(i, 4));
        }

        for (; i < zero.Length; i++)
        {
            var (a, b) = (zero[i], one[i]);
            zero[i] = (cos * a) + (sin * b);
            one[i] = (cos * b) - (sin * a);
        }
    }
}
