using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>What is left of a state after a reading, at length 1.</summary>
internal static unsafe class CollapseKernel<T, V>
    where T : struct, IBlock<V>
    where V : unmanaged
{
    internal static void Run(int mask, int cleared, int value, Amplitudes state, BoundPlan? plan = null, Reading? reading = null)
    {
        if ((mask & 7) == 0) KeepBlocks(mask >> 3, cleared >> 3, value >> 3, state, plan, reading);
        else KeepCodes(mask, cleared, value, state);
    }

    private static void KeepBlocks(int mask, int cleared, int kept, Amplitudes state, BoundPlan? plan, Reading? reading)
    {
        V sum = default;
        for (var h = kept; h < state.Blocks; h = ((h | mask) + 1 & ~mask) | kept)
        {
            var (r, t) = (T.Load(state.Re + (8 * h)), T.Load(state.Im + (8 * h)));
            sum = T.Add(sum, T.MultiplyAdd(t, t, T.Multiply(r, r)));
        }

        var lanes = stackalloc double[8];
        T.Store(lanes, sum);
        var length = lanes[0] + lanes[1] + (lanes[2] + lanes[3]) + (lanes[4] + lanes[5] + (lanes[6] + lanes[7]));
        var scale = T.Fill(1 / Math.Sqrt(length));
        for (var h = kept; h < state.Blocks; h = ((h | mask) + 1 & ~mask) | kept)
        {
            var (r, t) = (T.Multiply(scale, T.Load(state.Re + (8 * h))), T.Multiply(scale, T.Load(state.Im + (8 * h))));
            if (reading?.Deferred is { } phases) Turn(plan!, phases, h, ref r, ref t);
            var to = 8 * (h & ~cleared);
            T.Store(state.Re + to, r);
            T.Store(state.Im + to, t);
        }

        if (reading is { LeavesRest: true }) return;
        var now = kept & ~cleared;
        for (var h = 0; h < state.Blocks; h++)
        {
            if ((h & mask) == now) continue;
            T.Store(state.Re + (8 * h), default);
            T.Store(state.Im + (8 * h), default);
        }
    }

    private static void Turn(BoundPlan plan, Sweep phases, int block, ref V re, ref V im)
    {
        var bound = plan.Sweeps + phases.Number;
        var table = bound->Tables + (bound->ClassOf == null ? 0 : 16 * bound->ClassOf[block]);
        var (tableRe, tableIm, hr, hi) = (T.Load(table), T.Load(table + 8), T.Fill(bound->Factors[block]), T.Fill(bound->FactorsIm[block]));
        var factorRe = T.MultiplyTake(tableIm, hi, T.Multiply(tableRe, hr));
        var factorIm = T.MultiplyAdd(tableIm, hr, T.Multiply(tableRe, hi));
        (re, im) = (T.MultiplyTake(im, factorIm, T.Multiply(re, factorRe)), T.MultiplyAdd(im, factorRe, T.Multiply(re, factorIm)));
    }

    private static void KeepCodes(int mask, int cleared, int value, Amplitudes state)
    {
        double length = 0;
        for (var i = 0; i < state.Size; i++)
        {
            if ((i & mask) == value) length += (state.Re[i] * state.Re[i]) + (state.Im[i] * state.Im[i]);
        }

        var scale = 1 / Math.Sqrt(length);
        var now = value & ~cleared;
        for (var i = 0; i < state.Size; i++)
        {
            if ((i & mask) != value)
            {
                // Its new owner, if it has one, comes later: clearing bits only lowers a code.
                if ((i & mask) != now) state.Re[i] = state.Im[i] = 0;
                continue;
            }

            var to = i & ~cleared;
            (state.Re[to], state.Im[to]) = (scale * state.Re[i], scale * state.Im[i]);
            if (to != i) state.Re[i] = state.Im[i] = 0;
        }
    }
}
