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
    /// Writes the law over candidates after <paramref name="line"/>, sum 1. Returns the confidence class, 0 to 36: how long the longest matching context is, and how often and in how many ways it went on.
    /// </summary>
    /// <param name="trie">What was learned.</param>
    /// <param name="line">Where it is asked.</param>
    /// <param name="maxOrder">The longest context that is asked.</param>
    /// <param name="stopWhenCertain">Whether contexts end with the first that only ever went on in one way, as PPM* has it.</param>
    /// <param name="symbols">The candidates' symbols.</param>
    /// <param name="workspace">Room for as many symbols as the viewpoint has.</param>
    /// <param name="law">One entry a candidate.</param>
    public static int Write(ContextTrie trie, ContextLine line, int maxOrder, bool stopWhenCertain, ReadOnlySpan<int> symbols, LawWorkspace workspace, Span<double> law)
    {
        workspace.Begin();
        trie.Gather(line, maxOrder, stopWhenCertain, workspace);
        var escape = Blend(trie, symbols, workspace, out var stamp);
        var rest = escape / Math.Max(1, symbols.Length + 1 - (workspace.Orders > 0 ? workspace.Distinct(0) : 0));
        var (cells, sum) = (workspace.Cells, 0.0);
        for (var i = 0; i < symbols.Length; i++)
        {
            ref var cell = ref cells[symbols[i]];
            law[i] = rest + (cell.Reached == stamp ? cell.Mass : 0);
            sum += law[i];
        }

        for (var i = 0; i < symbols.Length; i++) law[i] /= sum;
        return Confidence(workspace);
    }

    // The mass of every symbol, in the cells that carry the stamp, and what is left for those that never came.
    private static double Blend(ContextTrie trie, ReadOnlySpan<int> symbols, LawWorkspace workspace, out int stamp)
    {
        var (cells, escape) = (workspace.Cells, 1.0);
        stamp = workspace.NextStamp();
        // Whether just the symbols of the orders above are marked as reached.
        var marked = true;
        for (var order = workspace.Orders - 1; order >= 0; order--)
        {
            var (distinct, node, unpredicted) = (workspace.Distinct(order), workspace.Node(order), 0);
            var above = order + 1 < workspace.Orders ? workspace.Distinct(order + 1) : 0;
            if (node != 0 && distinct > LookUpCost * (symbols.Length + above))
            {
                // Too many to go through: only those that are asked for.
                unpredicted = workspace.Total(order);
                if (above > 0)
                {
                    foreach (var (symbol, _) in List(trie, workspace, order + 1)) unpredicted -= trie.CountOf(node, symbol);
                }

                marked = false;
                if (unpredicted == 0) continue;
                var (share, asked) = (escape / (unpredicted + distinct), workspace.NextStamp());
                foreach (var symbol in symbols)
                {
                    // Several candidates may have one symbol.
                    ref var cell = ref cells[symbol];
                    if (cell.Above == asked) continue;
                    cell.Above = asked;
                    if (cell.Reached != stamp) (cell.Reached, cell.Mass) = (stamp, 0);
                    cell.Mass += share * trie.CountOf(node, symbol);
                }
            }
            else
            {
                var seen = workspace.NextStamp();
                if (!marked)
                {
                    foreach (var (symbol, _) in List(trie, workspace, order + 1)) cells[symbol].Above = seen;
                }

                var successors = List(trie, workspace, order);
                foreach (var (symbol, count) in successors)
                {
                    ref var cell = ref cells[symbol];
                    if (marked ? cell.Reached != stamp : cell.Above != seen) unpredicted += count;
                }

                if (unpredicted == 0) continue;
                var share = escape / (unpredicted + distinct);
                foreach (var (symbol, count) in successors)
                {
                    ref var cell = ref cells[symbol];
                    if (cell.Reached != stamp) (cell.Reached, cell.Mass) = (stamp, 0);
                    cell.Mass += share * count;
                }
            }

            escape *= distinct / (double)(unpredicted + distinct);
        }

        return escape;
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
