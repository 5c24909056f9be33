using System.Numerics;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Chains.Council;

/// <summary>
/// One of several unitaries of one or two qubits, chosen by the code of others, in gates of the table. Two qubits take the cosine-sine form U = (L0 + L1) [[C, -S], [S, C]] (R0^+ + R1^+) in blocks of the
/// upper qubit: a multiplexed unitary of the lower qubit, a multiplexed RY of the upper one, and another of the lower.
/// </summary>
internal static class MultiplexedUnitaries
{
    /// <summary>Adds the operation.</summary>
    /// <param name="circuit">Receives it.</param>
    /// <param name="unitaries">One for each code of the controls, row by row.</param>
    /// <param name="targets">One or two qubits, the lowest bit first.</param>
    /// <param name="controls">The choosing qubits, the lowest bit first; may be none.</param>
    internal static void Add(CircuitBuilder circuit, IReadOnlyList<Complex[,]> unitaries, int[] targets, int[] controls)
    {
        if (controls.Length == 0)
        {
            circuit.Unitary(unitaries[0], targets);
            return;
        }

        if (targets.Length == 1)
        {
            circuit.Gate("mux", [.. unitaries.SelectMany(u => Gates.Entries(u))], [targets[0], .. controls]);
            return;
        }

        var (first, last, angles) = (new List<Complex[,]>(), new List<Complex[,]>(), new List<double>());
        foreach (var unitary in unitaries)
        {
            var (l0, l1, turns, r0, r1) = CosineSine(unitary);
            first.AddRange([Adjoint(r0), Adjoint(r1)]);
            angles.AddRange(turns);
            last.AddRange([l0, l1]);
        }

        Add(circuit, first, [targets[0]], [targets[1], .. controls]);
        circuit.MultiplexedRY([.. angles], targets[1], [targets[0], .. controls]);
        Add(circuit, last, [targets[0]], [targets[1], .. controls]);
    }

    internal static Complex[,] Adjoint(Complex[,] m)
    {
        var n = m.GetLength(0);
        var adjoint = new Complex[n, n];
        for (var i = 0; i < n * n; i++) adjoint[i / n, i % n] = Complex.Conjugate(m[i % n, i / n]);
        return adjoint;
    }

    private static (Complex[,] L0, Complex[,] L1, double[] Turns, Complex[,] R0, Complex[,] R1) CosineSine(Complex[,] u)
    {
        var (u00, u01, u10, u11) = (Quarter(u, 0, 0), Quarter(u, 0, 2), Quarter(u, 2, 0), Quarter(u, 2, 2));
        var square = Product(Adjoint(u00), u00);
        Span<Complex> matrix = [square[0, 0], square[0, 1], square[1, 0], square[1, 1]];
        Span<Complex> vectors = stackalloc Complex[4];
        SmallEigen.Solve(matrix, vectors, 2);
        Complex[,] r0 = { { vectors[0], vectors[1] }, { vectors[2], vectors[3] } };
        var (l0, cosines) = Polar(Product(u00, r0));
        var (l1, sines) = Polar(Product(u10, r0));

        // R1^+ follows from both blocks of the right half, each counted where it is large.
        var (above, below) = (Product(Adjoint(l0), u01), Product(Adjoint(l1), u11));
        var r1 = new Complex[2, 2];
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++) r1[j, i] = Complex.Conjugate((cosines[i] * below[i, j]) - (sines[i] * above[i, j]));
        }

        return (l0, l1, [2 * Math.Atan2(sines[0], cosines[0]), 2 * Math.Atan2(sines[1], cosines[1])], r0, r1);
    }

    // Two orthogonal columns as unit vectors and lengths; a column of length 0 becomes whatever stands upright on the other.
    private static (Complex[,] Unit, double[] Lengths) Polar(Complex[,] m)
    {
        var lengths = new double[2];
        for (var i = 0; i < 2; i++) lengths[i] = Math.Sqrt(SmallEigen.Squared(m[0, i]) + SmallEigen.Squared(m[1, i]));
        var (large, small) = lengths[0] >= lengths[1] ? (0, 1) : (1, 0);
        var (a, b) = lengths[large] == 0 ? (1, 0) : (m[0, large] / lengths[large], m[1, large] / lengths[large]);
        var (x, y) = (-Complex.Conjugate(b), Complex.Conjugate(a));
        var along = (Complex.Conjugate(x) * m[0, small]) + (Complex.Conjugate(y) * m[1, small]);
        var size = Complex.Abs(along);
        var phase = size == 0 ? 1 : along / size;
        var unit = new Complex[2, 2];
        (unit[0, large], unit[1, large], unit[0, small], unit[1, small]) = (a, b, x * phase, y * phase);
        return (unit, lengths);
    }

    private static Complex[,] Quarter(Complex[,] u, int row, int column) =>
        new[,] { { u[row, column], u[row, column + 1] }, { u[row + 1, column], u[row + 1, column + 1] } };

    private static Complex[,] Product(Complex[,] a, Complex[,] b)
    {
        var product = new Complex[2, 2];
        for (var i = 0; i < 4; i++) product[i / 2, i % 2] = (a[i / 2, 0] * b[0, i % 2]) + (a[i / 2, 1] * b[1, i % 2]);
        return product;
    }
}
