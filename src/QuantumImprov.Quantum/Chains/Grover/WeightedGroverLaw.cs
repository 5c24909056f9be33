namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>
/// The law of amplitude amplification with weights in closed form: within the filter and outside of it every candidate keeps its share, only the balance between the two moves. The oracle that
/// samples of <see cref="WeightedGroverStep"/> are compared with. It prepares no state and knows no phases. Pure; nothing is allocated.
/// </summary>
public static class WeightedGroverLaw
{
    /// <summary>Writes the law after whole rounds: p_j sin^2((2k+1) theta) / a inside, p_j cos^2((2k+1) theta) / (1 - a) outside, with sin^2(theta) = a = the inside share of the weights.</summary>
    /// <param name="weights">At least 0, finite, one above 0; need not sum to 1.</param>
    /// <param name="inside">Which candidates pass the filter.</param>
    /// <param name="rounds">k, 0 to <see cref="WeightedGroverStep.MostRounds"/>.</param>
    /// <param name="law">Receives the law, one entry a candidate, sum 1.</param>
    /// <returns>The inside mass.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, or a number lies outside its range.</exception>
    public static double Write(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside, int rounds, Span<double> law)
    {
        Check(weights, inside, law);
        WeightedGroverInput.CheckRounds(rounds);
        var (passing, other) = WeightedGroverInput.Normalise(weights, inside, law);
        var sine = Math.Sin(((2 * rounds) + 1) * Math.Atan2(Math.Sqrt(passing), Math.Sqrt(other)));
        return Balance(law, inside, passing, other, sine * sine);
    }

    /// <summary>
    /// Writes the law with the wanted inside mass. When the filter takes all or nothing the balance cannot move; when one side starts so small that
    /// <see cref="WeightedGroverStep.MostRounds"/> rounds do not raise it enough, the law is the one after that many.
    /// </summary>
    /// <param name="weights">At least 0, finite, one above 0; need not sum to 1.</param>
    /// <param name="inside">Which candidates pass the filter.</param>
    /// <param name="mass">Wanted inside mass, 0 to 1.</param>
    /// <param name="law">Receives the law, one entry a candidate, sum 1.</param>
    /// <returns>The inside mass that is reached.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, or a number lies outside its range.</exception>
    public static double WriteForMass(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside, double mass, Span<double> law)
    {
        Check(weights, inside, law);
        WeightedGroverInput.CheckMass(mass);
        var (passing, other) = WeightedGroverInput.Normalise(weights, inside, law);
        const int Turns = (2 * WeightedGroverStep.MostRounds) + 1;
        var up = Turns * Math.Atan2(Math.Sqrt(passing), Math.Sqrt(other));
        var down = Turns * Math.Atan2(Math.Sqrt(other), Math.Sqrt(passing));
        var most = up >= Math.PI / 2 ? 1 : Math.Pow(Math.Sin(up), 2);
        var least = down >= Math.PI / 2 ? 0 : Math.Pow(Math.Cos(down), 2);
        return Balance(law, inside, passing, other, Math.Clamp(mass, least, most));
    }

    private static double Balance(Span<double> law, ReadOnlySpan<bool> inside, double passing, double other, double mass)
    {
        if (passing == 0 || other == 0) return passing;
        for (var x = 0; x < law.Length; x++) law[x] *= inside[x] ? mass / passing : (1 - mass) / other;
        return mass;
    }

    private static void Check(ReadOnlySpan<double> weights, ReadOnlySpan<bool> inside, Span<double> law)
    {
        WeightedGroverInput.Check(weights, inside);
        if (law.Length != weights.Length) throw new ArgumentException($"The law has room for {law.Length} candidates; {weights.Length} are given.", nameof(law));
    }
}
