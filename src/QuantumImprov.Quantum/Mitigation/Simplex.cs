namespace QuantumImprov.Quantum.Mitigation;

/// <summary>The law nearest to numbers that are almost one: the projection on the simplex (Held, Wolfe and Crowder 1974). Pure.</summary>
public static class Simplex
{
    /// <summary>Projects <paramref name="numbers"/> in place: all at least 0, sum 1.</summary>
    public static void Project(Span<double> numbers)
    {
        var sorted = numbers.ToArray();
        Array.Sort(sorted, static (a, b) => b.CompareTo(a));
        var (sum, shift) = (0.0, 0.0);
        for (var r = 0; r < sorted.Length; r++)
        {
            sum += sorted[r];
            var candidate = (sum - 1) / (r + 1);
            if (sorted[r] <= candidate) break;
            shift = candidate;
        }

        foreach (ref var number in numbers) number = Math.Max(0, number - shift);
    }
}
