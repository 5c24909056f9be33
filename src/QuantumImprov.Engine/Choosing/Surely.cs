namespace QuantumImprov.Engine.Choosing;

/// <summary>The little that every learned law leaves to chance: .997 P + .003 / N.</summary>
internal static class Surely
{
    private const double Share = .997;

    /// <summary>The law with the floor.</summary>
    internal static double Mixed(double p, int candidates) => Share * p + (1 - Share) / candidates;

    /// <summary>What a derivative of ln P is multiplied by to become one of the mixed law's logarithm.</summary>
    internal static double Scale(double p, int candidates) => Share * p / Mixed(p, candidates);

    internal static void Mix(Span<double> law)
    {
        foreach (ref var p in law) p = Mixed(p, law.Length);
    }
}
