using System.Numerics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.States;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Circuits;

/// <summary>What is asserted about matrices, with the tolerance in one place.</summary>
internal static class Matrices
{
    internal const double Tolerance = 1e-9;

    internal static Complex[,] Times(Complex[,] a, Complex[,] b)
    {
        var size = a.GetLength(0);
        var product = new Complex[size, size];
        for (var r = 0; r < size; r++)
        {
            for (var k = 0; k < size; k++)
            {
                for (var c = 0; c < size; c++) product[r, c] += a[r, k] * b[k, c];
            }
        }

        return product;
    }

    internal static Complex[,] Adjoint(Complex[,] a)
    {
        var size = a.GetLength(0);
        var adjoint = new Complex[size, size];
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++) adjoint[c, r] = Complex.Conjugate(a[r, c]);
        }

        return adjoint;
    }

    internal static void AssertIdentity(Complex[,] a, string what)
    {
        for (var r = 0; r < a.GetLength(0); r++)
        {
            for (var c = 0; c < a.GetLength(0); c++)
                Assert.True(Complex.Abs(a[r, c] - (r == c ? 1 : 0)) < Tolerance, $"{what}: entry ({r}, {c}) is {a[r, c]}");
        }
    }

    internal static void AssertEqualUpToPhase(Circuit expected, Circuit actual)
    {
        var product = Times(Adjoint(DenseReference.Unitary(expected)), DenseReference.Unitary(actual));
        var phase = product[0, 0];
        Assert.True(Math.Abs(Complex.Abs(phase) - 1) < Tolerance, $"the circuits differ:\n{expected}\n{actual}");
        var size = product.GetLength(0);
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++) product[r, c] /= phase;
        }

        AssertIdentity(product, $"the circuits differ:\n{expected}\n{actual}");
    }

    internal static void AssertSameLaw(IReadOnlyDictionary<ulong, double> expected, IReadOnlyDictionary<ulong, double> actual, string what)
    {
        foreach (var bits in expected.Keys.Union(actual.Keys))
            Assert.True(Math.Abs(expected.GetValueOrDefault(bits) - actual.GetValueOrDefault(bits)) < Tolerance, $"bits {bits}: {expected.GetValueOrDefault(bits)} expected, {actual.GetValueOrDefault(bits)} found\n{what}");
    }
}
