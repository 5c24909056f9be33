namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// How shots of a law q serve a law p: of each symbol the part min(p, M q) can be had by accepting a shot x with probability min(p(x), M q(x)) / (M q(x)); the rest, above all of what q never shows, is drawn here. With M = max p/q, as
/// far as that is allowed, nothing but what lies outside the labels is left to be drawn here. Whatever M is, the law of the outcome is exactly p (von Neumann 1951, split as a mixture).
/// </summary>
internal readonly ref struct Rejection
{
    /// <summary>M is at most this: notes that would cost more shots on average are drawn here for the part above.</summary>
    internal const double MostBound = 64;

    private readonly Span<double> _served;

    /// <param name="law">p, over the candidates.</param>
    /// <param name="places">Where each symbol's label stands among the candidates; -1 where it is none.</param>
    /// <param name="proposal">q, over the symbols.</param>
    /// <param name="served">Room for one number a symbol; receives min(p, M q).</param>
    internal Rejection(ReadOnlySpan<double> law, ReadOnlySpan<int> places, ReadOnlySpan<double> proposal, Span<double> served)
    {
        _served = served;
        double listed = 0, bound = 0, inside = 0;
        for (var s = 0; s < places.Length; s++)
        {
            if (places[s] < 0) continue;
            var p = law[places[s]];
            listed += p;
            if (proposal[s] > 0) bound = Math.Max(bound, p / proposal[s]);
        }

        Bound = Math.Min(bound, MostBound);
        for (var s = 0; s < places.Length; s++)
        {
            served[s] = places[s] < 0 ? 0 : Math.Min(law[places[s]], Bound * proposal[s]);
            inside += served[s];
        }

        (Listed, Inside) = (Math.Min(1, listed), Math.Min(1, inside));
    }

    /// <summary>M.</summary>
    internal double Bound { get; }

    /// <summary>p's mass on the labels.</summary>
    internal double Listed { get; }

    /// <summary>The mass that shots serve.</summary>
    internal double Inside { get; }

    /// <summary>Kept shots a note that shots serve takes on average.</summary>
    internal double ShotsANote => Inside > 0 ? Bound / Inside : double.PositiveInfinity;

    /// <summary>With which probability a shot of <paramref name="symbol"/> is accepted.</summary>
    internal double Acceptance(int symbol, ReadOnlySpan<double> proposal) => _served[symbol] <= 0 ? 0 : Math.Min(1, _served[symbol] / (Bound * proposal[symbol]));
}
