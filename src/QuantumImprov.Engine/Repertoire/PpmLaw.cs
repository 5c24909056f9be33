namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Prediction by partial matching over a tree of contexts: escape method C, interpolated, with state-count exclusion (Cleary, Teahan and Witten 1995; Pearce 2005, chapter 6). Allocates
/// nothing. [engine]
/// </summary>
public static class PpmLaw
{
    /// <summary>
    /// Writes the law over <paramref name="candidates"/> after <paramref name="path"/>, sum 1. Returns the confidence class, 0 to 36: how long the longest matching context is, and how often and
    /// in how many ways it went on.
    /// </summary>
    /// <param name="tree">What was learned.</param>
    /// <param name="path">Where the line stands in it.</param>
    /// <param name="maxOrder">The longest context that is asked.</param>
    /// <param name="stopWhenCertain">Whether contexts end with the first that only ever went on in one way, as PPM* has it.</param>
    /// <param name="viewpoint">Turns pitches into the tree's symbols.</param>
    /// <param name="context">What the viewpoint sees.</param>
    /// <param name="candidates">Distinct pitches.</param>
    /// <param name="workspace">Room for as many symbols as the viewpoint has.</param>
    /// <param name="law">One entry a candidate.</param>
    public static int Write(
        ContextTree tree, ContextPath path, int maxOrder, bool stopWhenCertain, Viewpoint viewpoint, MelodicContext context, ReadOnlySpan<int> candidates, LawWorkspace workspace, Span<double> law)
    {
        var longest = Gather(tree, path, maxOrder, stopWhenCertain, workspace, out var confidence);
        var stamp = workspace.NextStamp();
        var (mass, reached) = (workspace.Mass, workspace.Reached);
        var escape = 1.0;
        var distinctAtRoot = 0;
        for (var order = longest; order >= 0; order--)
        {
            var successors = workspace.Successors[workspace.Starts[order]..workspace.Starts[order + 1]];
            var (distinct, unpredicted) = (successors.Length, 0);
            foreach (var (symbol, count) in successors)
            {
                if (reached[symbol] != stamp) unpredicted += count;
            }

            if (order == 0) distinctAtRoot = distinct;
            var share = unpredicted > 0 ? escape / (unpredicted + distinct) : 0;
            foreach (var (symbol, count) in successors)
            {
                if (reached[symbol] != stamp) (reached[symbol], mass[symbol]) = (stamp, 0);
                mass[symbol] += share * count;
            }

            if (unpredicted > 0) escape *= distinct / (double)(unpredicted + distinct);
        }

        var rest = escape / Math.Max(1, candidates.Length + 1 - distinctAtRoot);
        var sum = 0.0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var symbol = viewpoint.Of(context, candidates[i]);
            law[i] = rest + (reached[symbol] == stamp ? mass[symbol] : 0);
            sum += law[i];
        }

        for (var i = 0; i < candidates.Length; i++) law[i] /= sum;
        return confidence;
    }

    // Gathers what followed each context, from the empty one up to the first with a single successor, or to the longest that was ever followed by anything; tells that one's order.
    private static int Gather(ContextTree tree, ContextPath path, int maxOrder, bool stopWhenCertain, LawWorkspace workspace, out int confidence)
    {
        var (longest, starts) = (0, workspace.Starts);
        confidence = 0;
        workspace.Begin();
        starts[0] = starts[1] = 0;
        for (var order = 0; order <= path.Depth && order <= maxOrder; order++)
        {
            tree.Successors(path.Nodes[order], workspace);
            starts[order + 1] = workspace.Successors.Length;
            var (distinct, total) = (starts[order + 1] - starts[order], 0);
            if (distinct == 0) break;
            foreach (var successor in workspace.Successors[starts[order]..]) total += successor.Count;
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
            if (distinct == 1 && stopWhenCertain) break;
        }

        return longest;
    }
}
