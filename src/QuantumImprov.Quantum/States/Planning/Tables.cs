using System.Numerics;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// The phase factors of a sweep: that of block h and lane l is <c>block[h] x table[class of h][l]</c>. Factors of single qubits are multiplied up by doubling; what the sweep before left over
/// (signs of whole quarter turns, cosines) goes into them too.
/// </summary>
internal static unsafe class Tables<T> where T : unmanaged, IBlock<T>
{
    internal static void Build(BoundPlan plan, Sweep sweep)
    {
        var (flips, signs, real) = Inheritance(plan, sweep);
        plan.Shifts[sweep.Number] = sweep.Layer.Map.SourceOfZero ^ flips;
        if (sweep.Seeds) return;
        double imaginary = 0;
        if (sweep.GlobalAt >= 0) (real, imaginary) = (real * plan.Cosines[sweep.GlobalAt], real * plan.Sines[sweep.GlobalAt]);
        var tables = plan.Numbers + sweep.TableNumbers;
        var blocks = plan.Numbers + sweep.BlockNumbers;
        Lanes(plan, sweep, signs, real, imaginary, tables);
        Blocks(plan, sweep, signs, blocks);
        var at = sweep.TermAt;
        foreach (var term in sweep.Layer.Terms)
        {
            if (term.Angle.Parameter < 0) continue;
            if ((term.Mask & 7) == 0) sweep.TurnBlocks(term, blocks, plan.Cosines[at], plan.Sines[at]);
            else sweep.TurnTables(term, tables, plan.Cosines[at], plan.Sines[at]);
            at++;
        }
    }

    // A turn by k quarters of the half angle is (X Z)^k: the flips move amplitudes, the signs join the phases.
    private static (int Flips, int Signs, double Scale) Inheritance(BoundPlan plan, Sweep sweep)
    {
        if (sweep.Heir is not { } before) return (0, 0, 1);
        var (odd, twos) = (0, 0);
        double scale = 1;
        for (var q = 0; q < plan.Shape.Padded; q += 8)
        {
            var quarters = T.Load(plan.Quarters + before.TurnAt + q);
            odd |= T.Bits(quarters, 0) << q;
            twos |= T.Bits(quarters, 1) << q;
            var c = plan.Cosines + before.TurnAt + q;
            scale *= c[0] * c[1] * (c[2] * c[3]) * (c[4] * c[5] * (c[6] * c[7]));
        }

        var signs = 0;
        for (var left = odd; left != 0; left &= left - 1) signs ^= sweep.BackRows[BitOperations.TrailingZeroCount(left)];
        var minus = BitOperations.PopCount((uint)twos) + BitOperations.PopCount((uint)(odd & (sweep.Layer.Map.SourceOfZero ^ odd)));
        return (odd, signs, (minus & 1) != 0 ? -scale : scale);
    }

    private static void Lanes(BoundPlan plan, Sweep sweep, int signs, double real, double imaginary, double* tables)
    {
        var re = stackalloc double[16];
        var im = re + 8;
        (re[0], im[0]) = (real, imaginary);
        for (var q = 0; q < 3; q++)
        {
            var (cos, sin) = Factor(plan, sweep, signs, q);
            for (var i = 0; i < 1 << q; i++)
            {
                re[i + (1 << q)] = (re[i] * cos) - (im[i] * sin);
                im[i + (1 << q)] = (re[i] * sin) + (im[i] * cos);
            }
        }

        var (r, t) = (T.Load(re), T.Load(im));
        for (var c = 0; c < sweep.Classes; c++)
        {
            var table = tables + (16 * c);
            if (sweep.FixedTables is null)
            {
                T.Store(table, r);
                T.Store(table + 8, t);
                continue;
            }

            var given = sweep.FixedTables.At + (16 * c);
            var (gr, gt) = (T.Load(given), T.Load(given + 8));
            T.Store(table, T.MultiplyTake(t, gt, T.Multiply(r, gr)));
            T.Store(table + 8, T.MultiplyAdd(t, gr, T.Multiply(r, gt)));
        }
    }

    private static void Blocks(BoundPlan plan, Sweep sweep, int signs, double* re)
    {
        var im = re + Math.Max(8, sweep.Blocks);
        (re[0], im[0]) = (1, 0);
        for (var q = 3; q < sweep.Qubits; q++)
        {
            var (cos, sin) = Factor(plan, sweep, signs, q);
            var size = 1 << (q - 3);
            if (size < 8)
            {
                for (var i = 0; i < size; i++)
                {
                    re[i + size] = Math.FusedMultiplyAdd(-im[i], sin, re[i] * cos);
                    im[i + size] = Math.FusedMultiplyAdd(im[i], cos, re[i] * sin);
                }

                continue;
            }

            var (c, s) = (T.Fill(cos), T.Fill(sin));
            for (var i = 0; i < size; i += 8)
            {
                var (r, t) = (T.Load(re + i), T.Load(im + i));
                T.Store(re + i + size, T.MultiplyTake(t, s, T.Multiply(r, c)));
                T.Store(im + i + size, T.MultiplyAdd(t, c, T.Multiply(r, s)));
            }
        }

        if (sweep.FixedBlocks is null) return;
        double* given = sweep.FixedBlocks.At, givenIm = given + Math.Max(8, sweep.Blocks);
        for (var i = 0; i < sweep.Blocks; i += 8)
        {
            var (r, t, gr, gt) = (T.Load(re + i), T.Load(im + i), T.Load(given + i), T.Load(givenIm + i));
            T.Store(re + i, T.MultiplyTake(t, gt, T.Multiply(r, gr)));
            T.Store(im + i, T.MultiplyAdd(t, gr, T.Multiply(r, gt)));
        }
    }

    private static (double Cos, double Sin) Factor(BoundPlan plan, Sweep sweep, int signs, int qubit)
    {
        if (qubit >= sweep.Qubits) return (1, 0);
        var sign = 1.0 - (2 * (signs >> qubit & 1));
        return sweep.Layer.Phased == 0 ? (sign, 0) : (sign * plan.Cosines[sweep.PhaseAt + qubit], sign * plan.Sines[sweep.PhaseAt + qubit]);
    }
}
