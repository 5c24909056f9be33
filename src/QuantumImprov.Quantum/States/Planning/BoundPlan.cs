using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>A plan with the numbers of one set of angles. All room is made at construction.</summary>
internal sealed unsafe class BoundPlan
{
    private readonly AlignedDoubles _slots, _numbers;
    private readonly (int Slot, int Parameter, double Share)[] _entries;
    private readonly double[] _constants;
    private readonly BoundSweep[] _sweeps;

    internal BoundPlan(PlanShape shape, Kernels kernels)
    {
        Shape = shape;
        Kernels = kernels;
        _entries = [.. shape.Entries];
        _constants = new double[shape.Slots];
        foreach (var (slot, value) in shape.Constants) _constants[slot] += value;
        _slots = new AlignedDoubles(4 * shape.Slots);
        _numbers = new AlignedDoubles(Math.Max(8, shape.Numbers));
        _sweeps = GC.AllocateArray<BoundSweep>(Math.Max(1, shape.Sweeps.Length), pinned: true);
        Sweeps = (BoundSweep*)Unsafe.AsPointer(ref _sweeps[0]);
        Angles = _slots.At;
        Sines = Angles + shape.Slots;
        Cosines = Sines + shape.Slots;
        Quarters = Cosines + shape.Slots;
        foreach (var sweep in shape.Sweeps) Place(sweep);
        Steps = [.. shape.Steps.Select(s => s.FirstAngle < 0 ? s : s.Copy())];
        Bind(shape.Angles);
    }

    internal PlanShape Shape { get; }

    internal Kernels Kernels { get; }

    internal Step[] Steps { get; }

    internal BoundSweep* Sweeps { get; }

    internal double* Angles { get; }

    internal double* Sines { get; }

    internal double* Cosines { get; }

    internal double* Quarters { get; }

    internal void Bind(ReadOnlySpan<double> angles)
    {
        _constants.CopyTo(_slots.Span);
        var slots = _slots.At;
        foreach (ref readonly var entry in _entries.AsSpan()) slots[entry.Slot] += entry.Share * angles[entry.Parameter];
        Kernels.Bind(this);
        foreach (var step in Steps)
        {
            if (step.FirstAngle >= 0) AngleSteps.Fill(step, angles[step.FirstAngle..]);
        }
    }

    private void Place(Sweep sweep)
    {
        var bound = sweep.Bound();
        bound.Sin = Sines + sweep.TurnAt;
        bound.Cos = Cosines + sweep.TurnAt;
        if (sweep.Layer.Phased != 0)
        {
            bound.PhaseSin = Sines + sweep.PhaseAt;
            bound.PhaseCos = Cosines + sweep.PhaseAt;
        }

        if (sweep.GlobalAt >= 0)
        {
            bound.GlobalSin = Sines + sweep.GlobalAt;
            bound.GlobalCos = Cosines + sweep.GlobalAt;
        }

        if (sweep.Heir is { } before)
        {
            bound.HeirQuarters = Quarters + before.TurnAt;
            bound.HeirCos = Cosines + before.TurnAt;
        }

        bound.Tables = _numbers.At + sweep.TableNumbers;
        bound.Factors = _numbers.At + sweep.BlockNumbers;
        bound.FactorsIm = bound.Factors + Math.Max(8, sweep.Blocks);
        Sweeps[sweep.Number] = bound;
    }
}
