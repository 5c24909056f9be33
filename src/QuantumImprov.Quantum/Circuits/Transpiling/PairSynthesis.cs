using System.Numerics;
using QuantumImprov.Quantum.Chains.Hidden;

namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>
/// Any unitary of two qubits with at most three CX: U = (turns) exp(i (a XX + b YY + c ZZ)) (turns), found in the basis in which turns of both qubits are real rotations (Kraus and Cirac, 2001); the middle is
/// written with as few CX as it needs (Vatan and Williams, 2004). The first qubit is bit 0.
/// </summary>
internal sealed class PairSynthesis
{
    private const double Nothing = 1e-10;

    private static readonly Complex I = Complex.ImaginaryOne;

    // Bell states with phases, a column each, without the factor sqrt(1/2).
    private static readonly Complex[,] Magic = { { 1, 0, 0, I }, { 0, I, 1, 0 }, { 0, I, -1, 0 }, { 1, 0, 0, -I } };

    private readonly (Turn First, Turn Second) _before, _after;
    private readonly double[] _strengths = new double[3];
    private readonly bool[] _flips = new bool[3];

    private PairSynthesis((Turn, Turn) before, (Turn, Turn) after, double[] strengths)
    {
        (_before, _after) = (before, after);
        for (var k = 0; k < 3; k++)
        {
            // exp(i pi/2 XX) is X on both.
            var quarters = Math.Round(strengths[k] / (Math.PI / 2));
            (_strengths[k], _flips[k]) = (strengths[k] - (quarters * Math.PI / 2), quarters % 2 != 0);
            if (Math.Abs(_strengths[k]) < Nothing) _strengths[k] = 0;
        }
    }

    /// <summary>How many CX (or CZ) it takes.</summary>
    internal int Pairs => _strengths.Count(x => x != 0) switch
    {
        0 => 0,
        1 => IsQuarter(_strengths.First(x => x != 0)) ? 1 : 2,
        var count => count,
    };

    /// <summary>Takes a unitary apart; null when rounding spoils it.</summary>
    internal static PairSynthesis? Of(Complex[,] unitary)
    {
        var m = Times(Times(Adjoint(Magic), unitary), Magic, .5);
        var square = Times(Transposed(m), m);
        foreach (var angle in (double[])[.3, 1.1, 2.3])
        {
            // Real and imaginary part of the symmetric unitary commute; a mixture of both has the eigenvectors of both.
            var mixed = new ComplexMatrix(4, 4);
            for (var i = 0; i < 16; i++) mixed[i / 4, i % 4] = (Complex.FromPolarCoordinates(1, angle) * square[i / 4, i % 4]).Real;
            HermitianEigen.Solve(mixed, out var vectors);
            var p = new Complex[4, 4];
            for (var i = 0; i < 16; i++) p[i / 4, i % 4] = vectors[i / 4, i % 4].Real;
            if (Found(m, square, p) is { } found) return found;
        }

        return null;
    }

    /// <summary>Writes it on two qubits.</summary>
    internal void WriteTo(Weave weave, int first, int second)
    {
        weave.AddTurn(first, _before.First);
        weave.AddTurn(second, _before.Second);
        WriteMiddle(weave, first, second);
        for (var k = 0; k < 3; k++)
        {
            if (_flips[k]) Both(weave, first, second, Turn.Of(k == 0 ? "x" : k == 1 ? "y" : "z"));
        }

        weave.AddTurn(first, _after.First);
        weave.AddTurn(second, _after.Second);
    }

    private static PairSynthesis? Found(Complex[,] m, Complex[,] square, Complex[,] p)
    {
        var diagonal = Times(Times(Transposed(p), square), p);
        for (var i = 0; i < 16; i++)
        {
            if (i / 4 != i % 4 && Complex.Abs(diagonal[i / 4, i % 4]) > Nothing / 10) return null;
        }

        if (Determinant(p) < 0) Negate(p, 0);
        double[] theta = [.. Enumerable.Range(0, 4).Select(j => diagonal[j, j].Phase / 2)];
        var k = Times(m, p);
        for (var i = 0; i < 16; i++) k[i / 4, i % 4] *= Complex.FromPolarCoordinates(1, -theta[i % 4]);
        if (Determinant(k) < 0)
        {
            Negate(k, 0);
            theta[0] += Math.PI;
        }

        // The signs of XX, YY and ZZ in the four states of the basis.
        double[] strengths =
        [
            (theta[0] + theta[1] - theta[2] - theta[3]) / 4, (-theta[0] + theta[1] - theta[2] + theta[3]) / 4, (theta[0] - theta[1] - theta[2] + theta[3]) / 4,
        ];
        return new PairSynthesis(Split(Times(Times(Magic, Transposed(p)), Adjoint(Magic), .5)), Split(Times(Times(Magic, k), Adjoint(Magic), .5)), strengths);
    }

    private void WriteMiddle(Weave weave, int first, int second)
    {
        var (a, b, c) = (_strengths[0], _strengths[1], _strengths[2]);
        var (to, back) = b == 0 ? (Turn.Identity, Turn.Identity) : c == 0 ? (Turn.Of("rx", Math.PI / 2), Turn.Of("rx", -Math.PI / 2)) : (Turn.Z(-Math.PI / 2), Turn.Z(Math.PI / 2));
        switch (_strengths.Count(x => x != 0))
        {
            case 0:
                break;
            case 1:
                // Everything is turned into ZZ: Y by a quarter turn about x, X by H.
                if (a != 0) (to, back) = (Turn.H, Turn.H);
                else if (c != 0) (to, back) = (Turn.Identity, Turn.Identity);
                Both(weave, first, second, to);
                WriteZz(weave, first, second, a + b + c);
                Both(weave, first, second, back);
                break;
            case 2:
                // Into XX and ZZ, which one CX on either side makes turns of one qubit each.
                Both(weave, first, second, to);
                weave.AddCx(first, second);
                weave.AddTurn(first, Turn.Of("rx", -2 * (a != 0 ? a : b)));
                weave.AddTurn(second, Turn.Z(-2 * (c != 0 ? c : b)));
                weave.AddCx(first, second);
                Both(weave, first, second, back);
                break;
            default:
                weave.AddTurn(second, Turn.Z(-Math.PI / 2));
                weave.AddCx(second, first);
                weave.AddTurn(first, Turn.Z((Math.PI / 2) - (2 * c)));
                weave.AddTurn(second, Turn.Of("ry", (2 * a) - (Math.PI / 2)));
                weave.AddCx(first, second);
                weave.AddTurn(second, Turn.Of("ry", (Math.PI / 2) - (2 * b)));
                weave.AddCx(second, first);
                weave.AddTurn(first, Turn.Z(Math.PI / 2));
                break;
        }
    }

    private static void WriteZz(Weave weave, int first, int second, double strength)
    {
        if (IsQuarter(strength))
        {
            Both(weave, first, second, Turn.Z(-2 * strength));
            weave.AddCz(first, second);
            return;
        }

        weave.AddCx(first, second);
        weave.AddTurn(second, Turn.Z(-2 * strength));
        weave.AddCx(first, second);
    }

    private static void Both(Weave weave, int first, int second, Turn turn)
    {
        weave.AddTurn(first, turn);
        weave.AddTurn(second, turn);
    }

    private static bool IsQuarter(double strength) => Math.Abs(Math.Abs(strength) - (Math.PI / 4)) < Nothing;

    // A product of two turns, told apart at its largest entry.
    private static (Turn First, Turn Second) Split(Complex[,] product)
    {
        var largest = Enumerable.Range(0, 16).MaxBy(i => Complex.Abs(product[i / 4, i % 4]));
        var (r, c) = (largest / 4, largest % 4);
        var first = Unit(product[r & 2, c & 2], product[r & 2, (c & 2) | 1], product[(r & 2) | 1, c & 2], product[(r & 2) | 1, (c & 2) | 1]);
        var second = Unit(product[r & 1, c & 1], product[r & 1, 2 | (c & 1)], product[2 | (r & 1), c & 1], product[2 | (r & 1), 2 | (c & 1)]);
        return (first, second);
    }

    private static Turn Unit(Complex a, Complex b, Complex c, Complex d)
    {
        var scale = 1 / Math.Sqrt(Complex.Abs((a * d) - (b * c)));
        return new Turn(a * scale, b * scale, c * scale, d * scale);
    }

    private static Complex[,] Times(Complex[,] left, Complex[,] right, double scale = 1)
    {
        var product = new Complex[4, 4];
        for (var r = 0; r < 4; r++)
        {
            for (var c = 0; c < 4; c++) product[r, c] = scale * ((left[r, 0] * right[0, c]) + (left[r, 1] * right[1, c]) + (left[r, 2] * right[2, c]) + (left[r, 3] * right[3, c]));
        }

        return product;
    }

    private static Complex[,] Transposed(Complex[,] m)
    {
        var transposed = new Complex[4, 4];
        for (var i = 0; i < 16; i++) transposed[i % 4, i / 4] = m[i / 4, i % 4];
        return transposed;
    }

    private static Complex[,] Adjoint(Complex[,] m)
    {
        var adjoint = new Complex[4, 4];
        for (var i = 0; i < 16; i++) adjoint[i % 4, i / 4] = Complex.Conjugate(m[i / 4, i % 4]);
        return adjoint;
    }

    private static void Negate(Complex[,] m, int column)
    {
        for (var r = 0; r < 4; r++) m[r, column] = -m[r, column];
    }

    // Of a real matrix, by its 2 x 2 minors.
    private static double Determinant(Complex[,] m)
    {
        double Minor(int r, int c, int d) => (m[r, c].Real * m[r + 1, d].Real) - (m[r, d].Real * m[r + 1, c].Real);
        return (Minor(0, 0, 1) * Minor(2, 2, 3)) - (Minor(0, 0, 2) * Minor(2, 1, 3)) + (Minor(0, 0, 3) * Minor(2, 1, 2))
            + (Minor(0, 1, 2) * Minor(2, 0, 3)) - (Minor(0, 1, 3) * Minor(2, 0, 2)) + (Minor(0, 2, 3) * Minor(2, 0, 1));
    }
}
