namespace QuantumImprov.Quantum.States.Planning;

/// <summary>One part of a plan: exactly one of the three is there.</summary>
internal readonly record struct PlanItem(Sweep? Sweep, int Step, Reading? Reading)
{
    internal static PlanItem Of(Sweep sweep) => new(sweep, -1, null);

    /// <summary>A step of the general kernels, by its number.</summary>
    internal static PlanItem Of(int step) => new(null, step, null);

    internal static PlanItem Of(Reading reading) => new(null, -1, reading);
}
