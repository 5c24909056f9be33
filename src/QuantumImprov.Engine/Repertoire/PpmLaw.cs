namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// Prediction by partial matching over the contexts of a line: escape method C, interpolated, with state-count exclusion (Cleary, Teahan and Witten 1995; Pearce 2005, chapter 6). Allocates
/// nothing. [engine]
/// </summary>
public static class PpmLaw
{
    // Looking a symbol up costs about as much as going past so many in a list.
    private const int LookUpCost = 2;

    /// <summary>
    /// Writes the law over <paramref name="candidates"/> after <paramref name="line"/>, sum 1. Returns the confidence class, 0 to 36: how long the longest matching context is, and how often and in
    /// how many ways it went on.
    /// </summary>
    /// <param name="trie">What was learned.</param>
    /// <param name="line">Where it is asked.</param>
    /// <param name="maxOrder">The longest context that is asked.</param>
    /// <param name="stopWhenCertain">Whether contexts end with the first that only ever went on in one way, as PPM* has it.</param>
    /// <param name="viewpoint">Turns pitches into the trie's symbols.</param>
    /// <param name="context">What the viewpoint sees.</param>
    /// <param name="candidates">Distinct pitches.</param>
    /// <param name="workspace">Room for as many symbols as the viewpoint has; afterwards its <see cref="LawWorkspace.Symbols"/> are the candidates'.</param>
    /// <param name="law">One entry a candidate.</param>
    public static int Write(
        ContextTrie trie, ContextLine line, int maxOrder, bool stopWhenCertain, Viewpoint viewpoint, MelodicContext context, ReadOnlySpan<int> candidates, LawWorkspace workspace, Span<double> law)
    {
        workspace.Begin();
        trie.Gather(line, maxOrder, stopWhenCertain, workspace);
        Blend(trie, viewpoint, context, candidates, workspace, law);
        return Confidence(workspace);
    }

    private static void Blend(ContextTrie trie, Viewpoint viewpoint, MelodicContext context, ReadOnlySpan<int> candidates, LawWorkspace workspace, Span<double> law)
    {
        var symbols = workspace.RoomFor(candidates.Length).AsSpan(0, candidates.Length);
        for (var i = 0; i < symbols.Length; i++) symbols[i] = viewpoint.Of(context, candidates[i]);
        var stamp = workspace.NextStamp();
        var (mass, reached) = (workspace.Mass, workspace.Reached);
        // Whether every symbol of the order above is marked as reached.
        var marked = true;
        var escape = 1.0;
        for (var order = workspace.Orders - 1; order >= 0; order--)
        {
            var (distinct, node) = (workspace.Distinct(order), workspace.Node(order));
            var above = order + 1 < workspace.Orders ? workspace.Distinct(order + 1) : 0;
            if (node != 0 && distinct > LookUpCost * (symbols.Length + above))
            {
                // Too many to go through: only those that are asked for.
                var unpredicted = workspace.Total(order);
                if (above > 0)
                {
                    foreach (var (symbol, _) in List(trie, workspace, order + 1)) unpredicted -= trie.CountOf(node, symbol);
                }

                var share = unpredicted > 0 ? escape / (unpredicted + distinct) : 0;
                var asked = workspace.NextStamp();
                foreach (var symbol in symbols)
                {
                    // Several candidates may have one symbol.
                    if (workspace.Above[symbol] == asked) continue;
                    workspace.Above[symbol] = asked;
                    if (reached[symbol] != stamp) (reached[symbol], mass[symbol]) = (stamp, 0);
                    mass[symbol] += share * trie.CountOf(node, symbol);
                }

                if (unpredicted > 0) escape *= distinct / (double)(unpredicted + distinct);
                marked = false;
            }
            else
            {
                var (seen, seenStamp) = (reached, stamp);
                if (!marked)
                {
                    (seen, seenStamp) = (workspace.Above, workspace.NextStamp());
                    foreach (var (symbol, _) in List(trie, workspace, order + 1)) seen[symbol] = seenStamp;
                }

                var successors = List(trie, workspace, order);
                var unpredicted = 0;
                foreach (var (symbol, count) in successors)
                {
                    if (seen[symbol] != seenStamp) unpredicted += count;
                }

                var share = unpredicted > 0 ? escape / (unpredicted + distinct) : 0;
                foreach (var (symbol, count) in successors)
                {
                    if (reached[symbol] != stamp) (reached[symbol], mass[symbol]) = (stamp, 0);
                    mass[symbol] += share * count;
                }

                if (unpredicted > 0) escape *= distinct / (double)(unpredicted + distinct);
                // Candidates that were asked for in vain are marked too: from then on the order above is gone through again.
            }
        }

        var rest = escape / Math.Max(1, candidates.Length + 1 - (workspace.Orders > 0 ? workspace.Distinct(0) : 0));
        var sum = 0.0;
        for (var i = 0; i < symbols.Length; i++)
        {
            law[i] = rest + (reached[symbols[i]] == stamp ? mass[symbols[i]] : 0);
            sum += law[i];
        }

        for (var i = 0; i < symbols.Length; i++) law[i] /= sum;
    }

    private static ReadOnlySpan<(int Symbol, int Count)> List(ContextTrie trie, LawWorkspace workspace, int order) =>
        workspace.Node(order) is var node and not 0 ? workspace.Look(trie, node) : workspace.Listed(order);

    private static int Confidence(LawWorkspace workspace)
    {
        if (workspace.Orders == 0) return 0;
        var last = workspace.Orders - 1;
        return 1 + 6 * Math.Min(5, workspace.Longest) + (workspace.Distinct(last), workspace.Total(last)) switch
        {
            (1, 1) => 0,
            (1, < 4) => 1,
            (1, _) => 2,
            (_, < 6) => 3,
            (_, < 30) => 4,
            _ => 5,
        };
    }
}
