using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>A plan with the numbers of one set of angles. All room is made at construction.</summary>
internal sealed unsafe class BoundPlan
{
    private readonly AlignedDoubles _slots, _numbers;
    private readonly (int Slot, int Parameter, double Share)[] _entries;
    private readonly double[] _constants;

    internal BoundPlan(PlanShape shape, Kernels kernels)
    {
        Shape = shape;
        Kernels = kernels;
        _entries = [.. shape.Entries];
        _constants = new double[shape.Slots];
        foreach (var (slot, value) in shape.Constants) _constants[slot] += value;
        _slots = new AlignedDoubles(4 * shape.Slots);
        _numbers = new AlignedDoubles(Math.Max(8, shape.Numbers));
        Shifts = new int[shape.Sweeps.Length];
        Steps = [.. shape.Steps.Select(s => s.FirstAngle < 0 ? s : s.Copy())];
        Bind(shape.Angles);
    }

    internal PlanShape Shape { get; }

    internal Kernels Kernels { get; }

    internal Step[] Steps { get; }

    /// <summary>What each sweep adds to the source code: constant flips and the whole quarter turns of the sweep before it.</summary>
    internal int[] Shifts { get; }

    internal double* Angles => _slots.At;

    internal double* Sines => _slots.At + Shape.Slots;

    internal double* Cosines => _slots.At + (2 * Shape.Slots);

    internal double* Quarters => _slots.At + (3 * Shape.Slots);

    internal double* Numbers => _numbers.At;

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
}
