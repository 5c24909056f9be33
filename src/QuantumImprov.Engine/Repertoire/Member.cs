namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// A predictor over one viewpoint: PPM* with escape method C, interpolated, with state-count exclusion (Cleary, Teahan and Witten 1995; Pearce 2005, chapter 6).
/// Its law blends all contexts from the shortest up to the first that has only ever gone on in one way. Allocates nothing when asked. [engine]
/// </summary>
public sealed class Member(Viewpoint viewpoint, Term term)
{
    /// <summary>How many values <see cref="Law"/> gives for its confidence.</summary>
    public const int ConfidenceClasses = 37;

    /// <summary>The share of the law that is spread evenly, so that nothing is impossible.</summary>
    public const double Floor = .002;

    /// <summary>What it looks at.</summary>
    public Viewpoint Viewpoint { get; } = viewpoint;

    /// <summary>How far back it remembers.</summary>
    public Term Term { get; } = term;

    /// <summary>Name in files and displays, such as <c>interval (long)</c>.</summary>
    public string Name => $"{Viewpoint.Name} ({(Term == Term.Long ? "long" : "short")})";

    /// <summary>What it has learned.</summary>
    public ContextTree Tree { get; } = new(viewpoint.MaxOrder);

    /// <summary>
    /// Writes the law over <paramref name="candidates"/> (distinct pitches) after <paramref name="path"/> in <paramref name="context"/>; it sums to 1. Returns
    /// the confidence class, 0 to 36: how long the longest matching context is, and how often and in how many ways it went on.
    /// </summary>
    public int Law(ContextPath path, MelodicContext context, ReadOnlySpan<int> candidates, LawWorkspace workspace, Span<double> law)
    {
        var longest = LongestUsefulOrder(path, out var confidence);
        var stamp = workspace.NextStamp();
        var (mass, reached) = (workspace.Mass, workspace.Reached);
        var escape = 1.0;
        var distinctAtRoot = 0;
        for (var order = longest; order >= 0; order--)
        {
            var node = path.Nodes[order];
            var (distinct, unpredicted) = (0, 0);
            for (var child = Tree.FirstChild(node); child != 0; child = Tree.NextSibling(child))
            {
                var count = Tree.Count(child);
                if (count == 0) continue;
                distinct++;
                if (reached[Tree.Symbol(child)] != stamp) unpredicted += count;
            }

            if (order == 0) distinctAtRoot = distinct;
            var share = unpredicted > 0 ? escape / (unpredicted + distinct) : 0;
            for (var child = Tree.FirstChild(node); child != 0; child = Tree.NextSibling(child))
            {
                var count = Tree.Count(child);
                if (count == 0) continue;
                var symbol = Tree.Symbol(child);
                if (reached[symbol] != stamp) (reached[symbol], mass[symbol]) = (stamp, 0);
                mass[symbol] += share * count;
            }

            if (unpredicted > 0) escape *= distinct / (double)(unpredicted + distinct);
        }

        var rest = escape / Math.Max(1, candidates.Length + 1 - distinctAtRoot);
        var sum = 0.0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var symbol = Viewpoint.Of(context, candidates[i]);
            law[i] = rest + (reached[symbol] == stamp ? mass[symbol] : 0);
            sum += law[i];
        }

        for (var i = 0; i < candidates.Length; i++) law[i] = (1 - Floor) * law[i] / sum + Floor / candidates.Length;
        return confidence;
    }

    // The order of the first context with a single successor, or of the longest that was ever followed by anything.
    private int LongestUsefulOrder(ContextPath path, out int confidence)
    {
        var longest = 0;
        confidence = 0;
        for (var order = 0; order <= path.Depth && order <= Viewpoint.MaxOrder; order++)
        {
            var (distinct, total) = (0, 0);
            for (var child = Tree.FirstChild(path.Nodes[order]); child != 0; child = Tree.NextSibling(child))
            {
                if (Tree.Count(child) == 0) continue;
                distinct++;
                total += Tree.Count(child);
            }

            if (distinct == 0) break;
            longest = order;
            confidence = 1 + 6 * Math.Min(5, order) + (distinct, total) switch
            {
                (1, 1) => 0,
                (1, < 4) => 1,
                (1, _) => 2,
                (_, < 6) => 3,
                (_, < 30) => 4,
                _ => 5,
            };
            if (distinct == 1) break;
        }

        return longest;
    }
}
