using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// Turns all qubits and draws one code, the highest qubit first: turning and reading different qubits commute, so that each reading halves what is left to turn. The state afterwards is not defined.
/// </summary>
internal static unsafe class HalvingKernel<T, V, TRegister, VRegister, TTurning>
    where T : struct, IBlock<V>
    where V : unmanaged
    where TRegister : struct, IBlock<VRegister>
    where VRegister : unmanaged
    where TTurning : struct, ITurning
{
    // Beside its partner a half of this share is what rounding left of nothing; it is never drawn.
    private const double Nothing = 1e-24, Last = 1 - (1.0 / (1L << 53));

    /// <summary>On fewer blocks the branches, which nobody can predict, cost more than turning everything.</summary>
    internal const int Fewest = 8;

    /// <param name="sweep">The turns.</param>
    /// <param name="state">At length 1; its second pair of arrays is written over.</param>
    /// <param name="at">Uniform, 0 to below 1.</param>
    internal static int Draw(BoundSweep* sweep, Amplitudes state, double at)
    {
        double* re = state.Re, im = state.Im, freeRe = state.OtherRe, freeIm = state.OtherIm;
        var blocks = state.Blocks;
        var (code, q) = (0, sweep->Qubits - 1);
        for (double length = 1; blocks > Fewest; q--)
        {
            blocks >>= 1;
            var (sin, cos) = (sweep->Sin[q], TTurning.ByTangents ? 1 : sweep->Cos[q]);
            if (TTurning.ByTangents) length *= Math.FusedMultiplyAdd(sin, sin, 1);
            var zero = Zero(re, im, freeRe, freeIm, blocks, sin, cos);
            var left = at * length;
            if (left >= zero)
            {
                var one = One(re, im, blocks, sin, cos);
                if (one > Nothing * zero)
                {
                    at = Math.Clamp((left - zero) / one, 0, Last);
                    length = one;
                    code |= 1 << q;
                    continue;
                }
            }

            at = Math.Min(left / zero, Last);
            length = zero;
            double* usedRe = re, usedIm = im;
            re = freeRe;
            im = freeIm;
            freeRe = usedRe;
            freeIm = usedIm;
        }

        TurnRest(sweep, re, im, blocks);
        return code | DrawKernel<T, V>.Draw(re, im, blocks, state.Sums, at);
    }

    private static void TurnRest(BoundSweep* sweep, double* re, double* im, int blocks)
    {
        var lanes = new LaneTurns<T, V, TTurning>(sweep);
        for (var i = 0; i < 8 * blocks; i += 8)
        {
            T.Store(re + i, lanes.Turn(T.Load(re + i)));
            T.Store(im + i, lanes.Turn(T.Load(im + i)));
        }

        double* sin = sweep->Sin + 3, cos = sweep->Cos + 3;
        MixKernels<TRegister, VRegister, TTurning>.Mix(re, 0, blocks, blocks - 1, sin, cos);
        MixKernels<TRegister, VRegister, TTurning>.Mix(im, 0, blocks, blocks - 1, sin, cos);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Zero(double* re, double* im, double* toRe, double* toIm, int half, double sin, double cos)
    {
        var (s, c) = (T.Fill(sin), T.Fill(cos));
        V sum = default;
        for (var i = 0; i < 8 * half; i += 8)
        {
            var r = Pairs<T, V, TTurning>.Zero(T.Load(re + i), T.Load(re + i + (8 * half)), s, c);
            var t = Pairs<T, V, TTurning>.Zero(T.Load(im + i), T.Load(im + i + (8 * half)), s, c);
            T.Store(toRe + i, r);
            T.Store(toIm + i, t);
            sum = T.Add(sum, T.MultiplyAdd(t, t, T.Multiply(r, r)));
        }

        return Sum(sum);
    }

    // In place: the half whose qubit is 0 lies elsewhere by now.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double One(double* re, double* im, int half, double sin, double cos)
    {
        var (s, c) = (T.Fill(sin), T.Fill(cos));
        V sum = default;
        for (var i = 0; i < 8 * half; i += 8)
        {
            var r = Pairs<T, V, TTurning>.One(T.Load(re + i), T.Load(re + i + (8 * half)), s, c);
            var t = Pairs<T, V, TTurning>.One(T.Load(im + i), T.Load(im + i + (8 * half)), s, c);
            T.Store(re + i, r);
            T.Store(im + i, t);
            sum = T.Add(sum, T.MultiplyAdd(t, t, T.Multiply(r, r)));
        }

        return Sum(sum);
    }

    private static double Sum(V sum)
    {
        var lanes = stackalloc double[8];
        T.Store(lanes, sum);
        return lanes[0] + lanes[1] + (lanes[2] + lanes[3]) + (lanes[4] + lanes[5] + (lanes[6] + lanes[7]));
    }
}
