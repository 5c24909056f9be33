using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>
/// One code drawn with its probability in one pass: running sums in eight lanes, kept at up to 128 places; then the lane is chosen, then by halving the place in its column. The order of summing does
/// not depend on the width.
/// </summary>
internal static unsafe class DrawKernel<T, V>
    where T : struct, IBlock<V>
    where V : unmanaged
{
    internal static int Draw(Amplitudes state, double at) => Draw(state.Re, state.Im, state.Blocks, state.Sums, at);

    /// <param name="re">Real parts, in whole blocks.</param>
    /// <param name="im">Imaginary parts.</param>
    /// <param name="blocks">A power of two.</param>
    /// <param name="sums">Room for the sums.</param>
    /// <param name="at">Uniform, 0 to below 1.</param>
    internal static int Draw(double* re, double* im, int blocks, double* sums, double at)
    {
        var every = Math.Max(1, blocks / Amplitudes.MostSums);
        Sum(re, im, blocks, sums, every);
        var places = blocks / every;
        double* last = sums + (8 * (places - 1));
        var upToLane = stackalloc double[9];
        upToLane[0] = 0;
        for (var l = 0; l < 8; l++) upToLane[l + 1] = upToLane[l] + last[l];

        // Counting instead of branching: where a draw falls cannot be predicted.
        var left = at * upToLane[8];
        var lane = 0;
        for (var l = 1; l < 8; l++) lane += Reached(upToLane[l], left);
        while (lane > 0 && last[lane] <= 0) lane--;

        // Rounding can push the point onto the end of its lane; the last possible code owns it.
        left = Math.Min(left - upToLane[lane], last[lane]);
        var low = 0;
        for (var half = places >> 1; half > 0; half >>= 1) low += half * Reached(sums[(8 * (low + half - 1)) + lane], left);

        var upTo = low == 0 ? 0 : sums[(8 * (low - 1)) + lane];
        var found = -1;
        for (var h = low * every; h < (low + 1) * every; h++)
        {
            var weight = Weight(re, im, (8 * h) + lane);
            upTo += weight;
            if (weight > 0) found = (8 * h) + lane;
            if (upTo > left) break;
        }

        for (var code = (8 * low * every) + lane; found < 0; code -= 8) found = code < 0 ? 0 : Weight(re, im, code) > 0 ? code : -1;
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(double* re, double* im, int blocks, double* sums, int every)
    {
        V running = default;
        for (var h = 0; h < blocks;)
        {
            for (var end = h + every; h < end; h++)
            {
                var (r, t) = (T.Load(re + (8 * h)), T.Load(im + (8 * h)));
                running = T.Add(running, T.MultiplyAdd(t, t, T.Multiply(r, r)));
            }

            T.Store(sums, running);
            sums += 8;
        }
    }

    private static double Weight(double* re, double* im, int code) => Math.FusedMultiplyAdd(im[code], im[code], re[code] * re[code]);

    private static int Reached(double upTo, double left) => 1 - (int)(BitConverter.DoubleToUInt64Bits(left - upTo) >> 63);
}
