namespace QuantumImprov.Engine.Repertoire;

/// <summary>What can be asked.</summary>
public sealed partial class ContextTrie
{
    /// <summary>How often <paramref name="symbol"/> was learned after the last <paramref name="order"/> symbols of <paramref name="line"/>, which has so many; at most the longest context.</summary>
    public int Count(ContextLine line, int order, int symbol)
    {
        var (node, depth) = (Root, 0);
        while (depth < order)
        {
            node = Child(node, line[depth]);
            if (node < 0) return CountPlaces(_buckets[-node].First, line, depth + 1, order, symbol);
            ref var context = ref _nodes[node];
            if (context.Count == 0) return 0;
            var asked = Math.Min(context.Depth, order);
            if (Shared(context.From, line, depth + 1, asked) < asked) return 0;
            depth = context.Depth;
        }

        return CountOf(node, symbol);
    }

    /// <summary>
    /// Gathers what followed the contexts of <paramref name="line"/>, from the empty one up to the longest that came, or, with <paramref name="stopWhenCertain"/>, to the first that only ever went on in one way, at most
    /// <paramref name="maxOrder"/> symbols long. Contexts that came at the same places are gathered once.
    /// </summary>
    internal void Gather(ContextLine line, int maxOrder, bool stopWhenCertain, LawWorkspace found)
    {
        var most = Math.Min(Math.Min(maxOrder, _maxOrder), line.Depth);
        if (_nodes[Root].Count == 0) return;
        found.AddOrder(Root, _nodes[Root].Distinct, _nodes[Root].Count, 0);
        for (var (node, depth) = (Root, 0); depth < most && !(stopWhenCertain && _nodes[node].Distinct == 1); depth = _nodes[node].Depth)
        {
            node = Child(node, line[depth]);
            if (node < 0)
            {
                GatherPlaces(_buckets[-node].First, line, depth + 1, most, stopWhenCertain, found);
                return;
            }

            ref var context = ref _nodes[node];
            if (context.Count == 0) return;
            var longest = stopWhenCertain && context.Distinct == 1 ? depth + 1 : Shared(context.From, line, depth + 1, Math.Min(context.Depth, most));
            found.AddOrder(node, context.Distinct, context.Count, longest);
            if (longest < context.Depth) return;
        }
    }

    /// <summary>Appends what followed a node to the order that <paramref name="found"/> gathers.</summary>
    internal void Successors(int node, LawWorkspace found)
    {
        for (var next = _nodes[node].First; next != 0; next = _successors[next].Next)
        {
            ref var successor = ref _successors[next];
            if (successor.Count > 0) found.Add(successor.Symbol, successor.Count);
        }
    }

    /// <summary>How often <paramref name="symbol"/> followed a node.</summary>
    internal int CountOf(int node, int symbol) => Find(node, symbol) is var found and not 0 ? _successors[found].Count : 0;

    // Most contexts only ever went on in one way: only what came after the first is in the table.
    private int Find(int node, int symbol)
    {
        var first = _nodes[node].First;
        if (first == 0) return 0;
        ref var successor = ref _successors[first];
        return successor.Symbol == symbol ? first : successor.Next == 0 ? 0 : _counts.Find(node, symbol);
    }

    // A node, a bucket below 0, or 0, which is the index of a node that never came. Where a tune went on in one way only there is one child: only those after the first are in the tables.
    private int Child(int node, int symbol)
    {
        var first = _nodes[node].Child;
        if (first == 0 || (first > 0 ? _nodes[first].Symbol : _buckets[-first].Symbol) == symbol) return first;
        return _children.Find(node, symbol) is var child and not 0 ? child : -_leaves.Find(node, symbol);
    }

    private int CountPlaces(int first, ContextLine line, int known, int order, int symbol)
    {
        var count = 0;
        for (var place = first; place != 0; place = _history[place - 1].Next)
            count += _history[place - 1].Symbol == symbol && Shared(place - 1, line, known, order) == order ? 1 : 0;
        return count;
    }

    private void GatherPlaces(int first, ContextLine line, int known, int most, bool stopWhenCertain, LawWorkspace found)
    {
        Span<(int Symbol, int Shared)> places = stackalloc (int, int)[MostPlaces];
        var count = 0;
        for (var place = first; place != 0; place = _history[place - 1].Next) places[count++] = (_history[place - 1].Symbol, Shared(place - 1, line, known, most));
        for (var order = known; ;)
        {
            // The longest context that came at all of the places that are left.
            var (longest, kept, alike) = (most, 0, true);
            found.BeginOrder();
            for (var i = 0; i < count; i++)
            {
                if (places[i].Shared < order) continue;
                longest = Math.Min(longest, places[i].Shared);
                alike &= kept == 0 || places[i].Symbol == places[0].Symbol;
                found.Count(places[i].Symbol);
                places[kept++] = places[i];
            }

            if (kept == 0) return;
            alike &= stopWhenCertain;
            found.EndOrder(alike ? order : longest);
            if (alike || longest == most) return;
            (count, order) = (kept, longest + 1);
        }
    }

    // How much of a line, up to `most` symbols, comes before a place, of which `known` are known to.
    private int Shared(int place, ContextLine line, int known, int most)
    {
        while (known < most && Before(place, known) == line[known]) known++;
        return known;
    }

    private int Shared(int place, int other, int known, int most)
    {
        while (known < most && Before(place, known) is var symbol and not EndOfSequence && symbol == Before(other, known)) known++;
        return known;
    }

    private int Before(int place, int ago) => place > ago ? _history[place - 1 - ago].Symbol : EndOfSequence;
}
