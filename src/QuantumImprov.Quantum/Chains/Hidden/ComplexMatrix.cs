using System.Numerics;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>A small dense complex matrix, real and imaginary parts apart, row by row.</summary>
internal sealed class ComplexMatrix(int rows, int columns)
{
    internal int Rows { get; } = rows;

    internal int Columns { get; } = columns;

    internal double[] Re { get; } = new double[rows * columns];

    internal double[] Im { get; } = new double[rows * columns];

    internal Complex this[int row, int column]
    {
        get => new(Re[(row * Columns) + column], Im[(row * Columns) + column]);
        set => (Re[(row * Columns) + column], Im[(row * Columns) + column]) = (value.Real, value.Imaginary);
    }

    internal ComplexMatrix Copy()
    {
        var copy = new ComplexMatrix(Rows, Columns);
        Re.CopyTo(copy.Re, 0);
        Im.CopyTo(copy.Im, 0);
        return copy;
    }

    /// <summary>this = a * this + b * other.</summary>
    internal void Blend(double a, double b, ComplexMatrix other)
    {
        for (var i = 0; i < Re.Length; i++)
        {
            Re[i] = (a * Re[i]) + (b * other.Re[i]);
            Im[i] = (a * Im[i]) + (b * other.Im[i]);
        }
    }

    /// <summary>left * right.</summary>
    internal static ComplexMatrix Product(ComplexMatrix left, ComplexMatrix right)
    {
        var product = new ComplexMatrix(left.Rows, right.Columns);
        for (var r = 0; r < left.Rows; r++)
        {
            for (var k = 0; k < left.Columns; k++) product.AddRow(r, left[r, k], right, k);
        }

        return product;
    }

    /// <summary>left^+ * right.</summary>
    internal static ComplexMatrix AdjointProduct(ComplexMatrix left, ComplexMatrix right)
    {
        var product = new ComplexMatrix(left.Columns, right.Columns);
        for (var k = 0; k < left.Rows; k++)
        {
            for (var r = 0; r < left.Columns; r++) product.AddRow(r, Complex.Conjugate(left[k, r]), right, k);
        }

        return product;
    }

    /// <summary>Solves left * x = right by elimination with row exchanges; both are used up, and right becomes x.</summary>
    internal static void Solve(ComplexMatrix left, ComplexMatrix right)
    {
        var n = left.Rows;
        for (var c = 0; c < n; c++)
        {
            var pivot = c;
            for (var r = c + 1; r < n; r++)
            {
                if (Complex.Abs(left[r, c]) > Complex.Abs(left[pivot, c])) pivot = r;
            }

            left.Exchange(c, pivot);
            right.Exchange(c, pivot);
            var scale = 1 / left[c, c];
            left.Stretch(c, scale);
            right.Stretch(c, scale);
            for (var r = 0; r < n; r++)
            {
                if (r == c) continue;
                var factor = -left[r, c];
                left.AddRow(r, factor, left, c);
                right.AddRow(r, factor, right, c);
            }
        }
    }

    private void AddRow(int to, Complex factor, ComplexMatrix source, int row)
    {
        var (a, b) = (factor.Real, factor.Imaginary);
        var (at, from) = (to * Columns, row * Columns);
        for (var c = 0; c < Columns; c++)
        {
            var (x, y) = (source.Re[from + c], source.Im[from + c]);
            Re[at + c] += (a * x) - (b * y);
            Im[at + c] += (a * y) + (b * x);
        }
    }

    private void Exchange(int a, int b)
    {
        if (a == b) return;
        for (var c = 0; c < Columns; c++) (this[a, c], this[b, c]) = (this[b, c], this[a, c]);
    }

    private void Stretch(int row, Complex factor)
    {
        for (var c = 0; c < Columns; c++) this[row, c] *= factor;
    }
}
