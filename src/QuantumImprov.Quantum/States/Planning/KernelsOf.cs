using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>The kernels over one kind of block.</summary>
/// <typeparam name="T">Eight numbers.</typeparam>
/// <typeparam name="V">What holds them.</typeparam>
/// <typeparam name="TRegister">One register.</typeparam>
/// <typeparam name="VRegister">What it is.</typeparam>
internal sealed unsafe class KernelsOf<T, V, TRegister, VRegister> : Kernels
    where T : struct, IBlock<V>
    where V : unmanaged
    where TRegister : struct, IBlock<VRegister>
    where VRegister : unmanaged
{
    internal override void Bind(BoundPlan plan, double* angles)
    {
        var shape = plan.Shape;
        var large = SinCos<T, V>.Tangents(plan.Forms, angles, plan.Angles, plan.Sines, plan.Cosines, plan.Quarters, shape.TangentEnd);
        large |= SinCos<T, V>.Whole(plan.Forms, angles, plan.Angles, plan.Sines, plan.Cosines, shape.TangentEnd, shape.SlotsSampled);
        if (large) LargeAngles.Mend(plan, 0, shape.SlotsSampled);
        for (var i = 0; i < shape.SweepsSampled; i++) Tables<T, V>.Build(plan, shape.Sweeps[i]);
        for (var i = shape.SweepsSampled; i < shape.Sweeps.Length; i++) Tables<T, V>.BuildShift(plan, shape.Sweeps[i]);
    }

    internal override void BindRest(BoundPlan plan, double* angles)
    {
        var shape = plan.Shape;
        if (SinCos<T, V>.Whole(plan.Forms, angles, plan.Angles, plan.Sines, plan.Cosines, shape.SlotsSampled, shape.Slots)) LargeAngles.Mend(plan, shape.SlotsSampled, shape.Slots);
        for (var i = 0; i < shape.Sweeps.Length; i++)
        {
            if (i >= shape.SweepsSampled || shape.Sweeps[i].TakesGlobal) Tables<T, V>.Build(plan, shape.Sweeps[i], whole: true);
        }
    }

    internal override void Run(BoundPlan plan, Sweep sweep, Amplitudes state)
    {
        if (sweep.Seeds)
        {
            if (sweep.Layer.Turned == 0) return;
            if (sweep.ByTangents) SeedKernel<T, V, Tangents>.Run(plan.Sweeps + sweep.Number, state);
            else SeedKernel<T, V, Whole>.Run(plan.Sweeps + sweep.Number, state);
            return;
        }

        if (sweep.Layer.Turned == 0) SweepKernels<T, V, TRegister, VRegister, Unturned>.Run(plan.Sweeps + sweep.Number, state);
        else if (sweep.ByTangents) SweepKernels<T, V, TRegister, VRegister, Tangents>.Run(plan.Sweeps + sweep.Number, state);
        else SweepKernels<T, V, TRegister, VRegister, Whole>.Run(plan.Sweeps + sweep.Number, state);
        state.Swap();
    }

    internal override int RunAndDraw(BoundPlan plan, Sweep sweep, Amplitudes state, double at)
    {
        if (sweep.Seeds || sweep.Layer.Turned == 0 || state.Blocks <= HalvingKernel<T, V, TRegister, VRegister, Tangents>.Fewest)
        {
            Run(plan, sweep, state);
            return Draw(state, at);
        }

        SweepKernels<T, V, TRegister, VRegister, Unturned>.Run(plan.Sweeps + sweep.Number, state);
        state.Swap();
        return sweep.ByTangents ? HalvingKernel<T, V, TRegister, VRegister, Tangents>.Draw(plan.Sweeps + sweep.Number, state, at) : HalvingKernel<T, V, TRegister, VRegister, Whole>.Draw(plan.Sweeps + sweep.Number, state, at);
    }

    internal override void Move(Sweep sweep, Amplitudes state)
    {
        double* re = state.OtherRe, im = state.OtherIm;
        for (var h = 0; h < state.Blocks; h++)
        {
            var at = sweep.Low[h & 255] ^ sweep.High[h >> 8] ^ sweep.Layer.Map.SourceOfZero;
            T.Store(re + (8 * h), T.Gather(state.Re, at, sweep.Read, 0));
            T.Store(im + (8 * h), T.Gather(state.Im, at, sweep.Read, 0));
        }

        state.Swap();
    }

    internal override void Apply(Step step, Amplitudes state)
    {
        switch (step.Kind)
        {
            case StepKind.Matrix:
                PairKernels<T, V>.Matrix(state, step.Target, step.Controls, step.Controls, step.Re, step.Im);
                break;
            case StepKind.RealMatrix:
                PairKernels<T, V>.RealMatrix(state, step.Target, step.Controls, step.Controls, step.Re);
                break;
            case StepKind.Phase:
                PairKernels<T, V>.Phase(state, step.Controls, step.Re[0], step.Im[0]);
                break;
            case StepKind.RealMultiplexor or StepKind.Multiplexor:
                TableKernels.Multiplexor<T, V>(state, step);
                break;
            case StepKind.Diagonal:
                TableKernels.Diagonal(state, step);
                break;
            case StepKind.Swap:
                TableKernels.Swap(state, step);
                break;
            case StepKind.Dense:
                TableKernels.Dense(state, step);
                break;
        }
    }

    internal override int Draw(Amplitudes state, double at) => DrawKernel<T, V>.Draw(state, at);

    internal override void Collapse(int mask, int cleared, int value, Amplitudes state) => CollapseKernel<T, V>.Run(mask, cleared, value, state);

    internal override void Collapse(BoundPlan plan, Reading reading, int value, Amplitudes state) =>
        CollapseKernel<T, V>.Run(reading.Mask, reading.Cleared, value, state, plan, reading);

    internal override void Law(double* memory, double* forms, double* law, int symbols) => IsometryKernel<T, V>.Law(memory, memory + 8, memory + 16, forms, law, symbols);

    internal override void ApplyColumns(double* memory, double* columns, double scale) => IsometryKernel<T, V>.Apply(memory, memory + 8, columns, scale);
}
