namespace QuantumImprov.Quantum.States.Planning;

/// <summary>Angles beyond the range of <see cref="SinCos{T, V}"/>, one by one.</summary>
internal static unsafe class LargeAngles
{
    /// <summary>The largest angle that the fast reduction keeps exact to the last digit but one.</summary>
    internal const double Largest = 1e9;

    internal static void Mend(BoundPlan plan, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (Math.Abs(plan.Angles[i]) <= Largest) continue;
            var (s, c) = Math.SinCos(plan.Angles[i]);
            (plan.Sines[i], plan.Cosines[i]) = (s, c);
            if (i >= plan.Shape.TangentEnd) continue;
            var quarter = Math.Abs(s) > Math.Abs(c) ? s > 0 ? 1 : 3 : c > 0 ? 0 : 2;
            var (restSin, restCos) = quarter switch { 0 => (s, c), 1 => (-c, s), 2 => (-s, -c), _ => (c, -s) };
            (plan.Sines[i], plan.Cosines[i], plan.Quarters[i]) = (restSin / restCos, restCos, BitConverter.Int64BitsToDouble(quarter));
        }
    }
}
