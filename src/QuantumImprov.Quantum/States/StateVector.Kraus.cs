using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.States;

/// <content>What a noisy run asks of a state: operators that need not be unitary, on one or two qubits, and what the rest of the state leaves of them.</content>
public sealed unsafe partial class StateVector
{
    /// <summary>The sum of all probabilities: 1 but for rounding, unless an operator changed it.</summary>
    internal double SquaredLength()
    {
        var re = Real;
        var im = Imaginary;
        double sum = 0;
        for (var i = 0; i < re.Length; i++) sum += (re[i] * re[i]) + (im[i] * im[i]);
        return sum;
    }

    /// <summary>Multiplies by any 2 x 2 matrix on one qubit or 4 x 4 matrix on two; the first qubit is bit 0 of rows and columns. Nothing is allocated.</summary>
    /// <param name="qubits">One or two, different.</param>
    /// <param name="matrix">re, im, row by row: 8 or 32 numbers.</param>
    /// <param name="scale">A factor for the whole matrix.</param>
    internal void ApplyOperator(ReadOnlySpan<int> qubits, ReadOnlySpan<double> matrix, double scale = 1)
    {
        var re = Re;
        var im = Im;
        if (qubits.Length == 1)
        {
            ApplyToOne(re, im, 1 << qubits[0], matrix, scale);
            return;
        }

        var size = 1 << qubits.Length;
        Span<int> at = stackalloc int[4];
        Span<double> inRe = stackalloc double[4];
        Span<double> inIm = stackalloc double[4];
        var mask = TableKernels.MaskOf(qubits);
        for (var i = 0; i < re.Length; i = ((i | mask) + 1) & ~mask)
        {
            for (var k = 0; k < size; k++)
            {
                at[k] = i | TableKernels.Scatter(k, qubits);
                (inRe[k], inIm[k]) = (re[at[k]] * scale, im[at[k]] * scale);
            }

            for (var row = 0; row < size; row++)
            {
                var entries = matrix.Slice(2 * size * row, 2 * size);
                double r = 0, t = 0;
                for (var k = 0; k < size; k++)
                {
                    r += (entries[2 * k] * inRe[k]) - (entries[(2 * k) + 1] * inIm[k]);
                    t += (entries[2 * k] * inIm[k]) + (entries[(2 * k) + 1] * inRe[k]);
                }

                (re[at[row]], im[at[row]]) = (r, t);
            }
        }
    }

    /// <summary>Writes the probability of every code of one or two qubits. Nothing is allocated.</summary>
    /// <param name="qubits">One or two, different; the first is bit 0.</param>
    /// <param name="chances">2 or 4 numbers.</param>
    internal void WritePopulations(ReadOnlySpan<int> qubits, Span<double> chances)
    {
        var re = Real;
        var im = Imaginary;
        chances.Clear();
        for (var i = 0; i < re.Length; i++)
        {
            var code = i >> qubits[0] & 1;
            if (qubits.Length > 1) code |= (i >> qubits[1] & 1) << 1;
            chances[code] += (re[i] * re[i]) + (im[i] * im[i]);
        }
    }

    /// <summary>Writes the density matrix of one or two qubits, all others traced out. Nothing is allocated.</summary>
    /// <param name="qubits">One or two, different; the first is bit 0.</param>
    /// <param name="density">re, im, row by row: 8 or 32 numbers.</param>
    internal void WriteReduced(ReadOnlySpan<int> qubits, Span<double> density)
    {
        var re = Real;
        var im = Imaginary;
        var size = 1 << qubits.Length;
        Span<int> at = stackalloc int[4];
        var mask = TableKernels.MaskOf(qubits);
        density.Clear();
        for (var i = 0; i < re.Length; i = ((i | mask) + 1) & ~mask)
        {
            for (var k = 0; k < size; k++) at[k] = i | TableKernels.Scatter(k, qubits);
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < size; column++)
                {
                    var entry = density.Slice(2 * ((row * size) + column), 2);
                    var (a, b) = (at[row], at[column]);
                    entry[0] += (re[a] * re[b]) + (im[a] * im[b]);
                    entry[1] += (im[a] * re[b]) - (re[a] * im[b]);
                }
            }
        }
    }

    /// <summary>Draws the code that a reading of all qubits would give; the state is left as it is. Nothing is allocated.</summary>
    internal int DrawCode(Xoshiro random)
    {
        var re = Real;
        var im = Imaginary;
        var left = random.NextDouble() * SquaredLength();
        var last = 0;
        for (var i = 0; i < re.Length; i++)
        {
            var p = (re[i] * re[i]) + (im[i] * im[i]);
            if (p == 0) continue;
            last = i;
            left -= p;
            if (left < 0) break;
        }

        return last;
    }

    private static void ApplyToOne(Span<double> re, Span<double> im, int bit, ReadOnlySpan<double> matrix, double scale)
    {
        var (a, b, c, d) = (matrix[0] * scale, matrix[1] * scale, matrix[2] * scale, matrix[3] * scale);
        var (e, f, g, h) = (matrix[4] * scale, matrix[5] * scale, matrix[6] * scale, matrix[7] * scale);
        for (var block = 0; block < re.Length; block += 2 * bit)
        {
            for (var i = block; i < block + bit; i++)
            {
                var j = i + bit;
                var (x, y, u, v) = (re[i], im[i], re[j], im[j]);
                (re[i], im[i]) = ((a * x) - (b * y) + (c * u) - (d * v), (a * y) + (b * x) + (c * v) + (d * u));
                (re[j], im[j]) = ((e * x) - (f * y) + (g * u) - (h * v), (e * y) + (f * x) + (g * v) + (h * u));
            }
        }
    }
}
