namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// All contexts of a symbol sequence with the counts of what followed them, as PPM* asks for them (Cleary, Teahan and Witten 1995). A node is a context, its children are longer by the symbols before it; contexts that came at the
/// same places share one node, the longest of them, so that there are few however often a tune was played (a PATRICIA trie: Morrison 1968). What came at most <see cref="MostPlaces"/> times is a bucket: it only lists the
/// places of the history where it came, and what longer contexts say is read off the history. So learning a note costs a place and seldom a node more, it touches at most one node for each symbol of the longest context and
/// one bucket, whatever is played, and copies the successors of at most one; the counts are exact, as is unlearning. Memory grows by chunks; nothing else is allocated. [engine]
/// </summary>
public sealed partial class ContextTrie
{
    /// <summary>The longest context any trie keeps, in symbols. Contexts of any musical length fit; the bound only caps the cost of one key repeated for an hour.</summary>
    public const int MaxOrder = 64;

    private const int Root = 1, EndOfSequence = -1, MostPlaces = 64;
    private readonly ChunkedList<Node> _nodes = new();
    private readonly ChunkedList<Bucket> _buckets = new();
    private readonly ChunkedList<Successor> _successors = new();
    private readonly ChunkedList<Place> _history = new();
    private readonly PairTable<Node> _children;
    private readonly PairTable<Bucket> _leaves;
    private readonly PairTable<Successor> _counts;
    private readonly int _maxOrder;

    // Who learned last, while the history ends there.
    private ContextLine? _last;

    // The first bucket that became a node, each leading to the next.
    private int _spare;

    /// <summary>A trie of contexts up to <paramref name="maxOrder"/> (0 to 64).</summary>
    public ContextTrie(int maxOrder = MaxOrder)
    {
        _maxOrder = maxOrder;
        (_children, _leaves, _counts) = (new PairTable<Node>(_nodes), new PairTable<Bucket>(_buckets), new PairTable<Successor>(_successors));
        Begin();
    }

    /// <summary>Nodes and buckets there is room for.</summary>
    public int NodeCount => _nodes.Count + _buckets.Count - 2;

    /// <summary>Bytes of memory held, used or not.</summary>
    public long Bytes => _nodes.Bytes + _buckets.Bytes + _successors.Bytes + _history.Bytes + _children.Bytes + _leaves.Bytes + _counts.Bytes;

    /// <summary>Holds memory for about <paramref name="notes"/> more symbols learned, whatever is played, so that learning them allocates nothing. Allocates.</summary>
    public void Reserve(int notes)
    {
        _history.Reserve(notes + notes / 4);
        _buckets.Reserve(notes);
        _leaves.Reserve(notes);
        _nodes.Reserve(notes / 2);
        _children.Reserve(notes / 2);
        _successors.Reserve(notes);
        _counts.Reserve(notes);
    }

    /// <summary>Forgets everything; keeps the memory. Costs the same however much was learned.</summary>
    public void Clear()
    {
        _last = null;
        _children.Clear();
        _leaves.Clear();
        _counts.Clear();
        _history.Shorten(0);
        Begin();
    }

    /// <summary>Marks the end of a sequence: what follows does not continue it.</summary>
    public void EndSequence()
    {
        _last = null;
        if (_history.Count > 0 && _history[_history.Count - 1].Symbol != EndOfSequence) _history.Add(new Place { Symbol = EndOfSequence });
    }

    /// <summary>Learns that <paramref name="symbol"/> (0 or more) followed <paramref name="line"/>, and moves the line on. A line that goes on after something else was learned brings its past with it.</summary>
    public void Learn(ContextLine line, int symbol)
    {
        if ((_last != line || line.LearnedBy != this) && !StandsLast(line)) BringPast(line);
        _last = line;
        var place = _history.Count;
        _history.Add(new Place { Symbol = symbol });
        Count(Root, symbol, 1);
        for (var (node, depth) = (Root, 0); depth < _maxOrder && depth < line.Depth; depth = _nodes[node].Depth)
        {
            var child = Child(node, line[depth]);
            if (child <= 0)
            {
                var bucket = child < 0 ? -child : AddBucket(node, line[depth]);
                Put(bucket, place);
                if (_buckets[bucket].Count > MostPlaces) Burst(bucket, depth + 1);
                break;
            }

            ref var below = ref _nodes[child];
            // Nothing is left of it: what is below it may be of another past.
            if (below.Count == 0) (below.From, below.Depth) = (place, Math.Min(below.Depth, line.Depth));
            var shared = Shared(below.From, line, depth + 1, Math.Min(below.Depth, line.Depth));
            node = shared == below.Depth ? child : Split(child, shared);
            Count(node, symbol, 1);
        }

        line.Push(symbol, this);
    }

    /// <summary>Takes one learned occurrence of <paramref name="symbol"/> after <paramref name="line"/> back, and moves the line on. It was learned after just this line.</summary>
    public void Unlearn(ContextLine line, int symbol)
    {
        TakeBack(line, symbol, EndOfSequence);
        line.Push(symbol);
    }

    /// <summary>
    /// Takes the last <paramref name="count"/> symbols learned back, as if they had never come, and puts <paramref name="line"/> where it stood before them. They are the end of one sequence, of
    /// which nothing has followed since, nor was anything else taken back.
    /// </summary>
    public void Retract(ContextLine line, int count)
    {
        var start = _history.Count - count;
        Stand(line, start);
        for (var place = start; place < _history.Count; place++)
        {
            TakeBack(line, _history[place].Symbol, place);
            line.Push(_history[place].Symbol);
        }

        _last = null;
        _history.Shorten(start);
        Stand(line, start);
    }

    private void TakeBack(ContextLine line, int symbol, int place)
    {
        Count(Root, symbol, -1);
        for (var (node, depth) = (Root, 0); depth < _maxOrder && depth < line.Depth; depth = _nodes[node].Depth)
        {
            node = Child(node, line[depth]);
            if (node <= 0)
            {
                if (node < 0) Take(-node, line, depth + 1, symbol, place);
                return;
            }

            Count(node, symbol, -1);
        }
    }

    private void Begin()
    {
        _nodes.Shorten(0);
        _nodes.Add(default);
        _nodes.Add(default);
        _buckets.Shorten(0);
        _buckets.Add(default);
        _spare = 0;
        _successors.Shorten(0);
        _successors.Add(default);
    }

    private void Stand(ContextLine line, int place)
    {
        line.Restart();
        var first = place;
        while (place - first < MaxOrder && Before(first, 0) != EndOfSequence) first--;
        for (; first < place; first++) line.Push(_history[first].Symbol);
    }

    private bool StandsLast(ContextLine line)
    {
        var last = _history.Count;
        return Shared(last, line, 0, line.Depth) == line.Depth && (line.Depth == MaxOrder || Before(last, line.Depth) == EndOfSequence);
    }

    private void BringPast(ContextLine line)
    {
        EndSequence();
        for (var ago = line.Depth - 1; ago >= 0; ago--) _history.Add(new Place { Symbol = line[ago] });
    }

    private int AddBucket(int parent, int symbol)
    {
        var bucket = _spare;
        if (bucket == 0)
        {
            bucket = _buckets.Count;
            _buckets.Add(default);
        }
        else
        {
            _spare = _buckets[bucket].First;
        }

        _buckets[bucket] = new Bucket { Parent = parent, Symbol = symbol };
        ref var above = ref _nodes[parent];
        if (above.Child == 0) above.Child = -bucket;
        else _leaves.Add(bucket);
        return bucket;
    }

    private void Count(int node, int symbol, int by)
    {
        ref var context = ref _nodes[node];
        context.Count += by;
        var found = Find(node, symbol);
        if (found == 0)
        {
            found = _successors.Count;
            _successors.Add(new Successor { Node = node, Symbol = symbol });
            if (context.First == 0) context.First = found;
            else
            {
                // The first stays where it is; those after it are in the table.
                ref var first = ref _successors[context.First];
                (_successors[found].Next, first.Next) = (first.Next, found);
                _counts.Add(found);
            }
        }

        ref var count = ref _successors[found].Count;
        if (count == 0) context.Distinct++;
        if ((count += by) == 0) context.Distinct--;
    }

    private void Put(int bucket, int place)
    {
        ref var into = ref _buckets[bucket];
        (_history[place].Next, into.First) = (into.First, place + 1);
        into.Count++;
    }

    // The bucket becomes the node of the longest context that all its places have, of which the first `known` symbols are known to be, and they go to buckets below it.
    private void Burst(int bucket, int known)
    {
        ref var burst = ref _buckets[bucket];
        var (node, first, depth, oldest) = (_nodes.Count, burst.First, _maxOrder, burst.First - 1);
        for (var place = first; place != 0; place = _history[place - 1].Next)
        {
            depth = Shared(first - 1, place - 1, known, depth);
            oldest = Math.Min(oldest, place - 1);
        }

        // Whatever is taken back, the oldest goes last, and its past with it.
        _nodes.Add(new Node { Parent = burst.Parent, Symbol = burst.Symbol, Depth = depth, From = oldest });
        ref var above = ref _nodes[burst.Parent];
        if (above.Child == -bucket) above.Child = node;
        else
        {
            _leaves.Remove(bucket);
            _children.Add(node);
        }

        (burst.First, _spare) = (_spare, bucket);
        for (var place = first; place != 0;)
        {
            var (at, next) = (place - 1, _history[place - 1].Next);
            Count(node, _history[at].Symbol, 1);
            if (depth < _maxOrder && Before(at, depth) is var before and not EndOfSequence)
            {
                var child = -Child(node, before);
                Put(child != 0 ? child : AddBucket(node, before), at);
            }

            place = next;
        }
    }

    // A node for the shorter context of the first `depth` symbols, which came wherever the longer one came, takes its place above it.
    private int Split(int node, int depth)
    {
        var upper = _nodes.Count;
        ref var longer = ref _nodes[node];
        _nodes.Add(new Node { Parent = longer.Parent, Symbol = longer.Symbol, From = longer.From, Depth = depth, Child = node });
        ref var above = ref _nodes[longer.Parent];
        if (above.Child == node) above.Child = upper;
        else _children.Replace(node, upper);
        (longer.Parent, longer.Symbol) = (upper, Before(longer.From, depth));
        for (var next = longer.First; next != 0; next = _successors[next].Next)
        {
            if (_successors[next].Count > 0) Count(upper, _successors[next].Symbol, _successors[next].Count);
        }

        return upper;
    }

    // The one at `place`, or any that came after the same whole line.
    private void Take(int bucket, ContextLine line, int known, int symbol, int place)
    {
        var whole = Math.Min(_maxOrder, line.Depth);
        ref var link = ref _buckets[bucket].First;
        while (link != 0)
        {
            var at = link - 1;
            if (place >= 0 ? at == place : _history[at].Symbol == symbol && Shared(at, line, known, whole) == whole && (whole == _maxOrder || Before(at, whole) == EndOfSequence))
            {
                link = _history[at].Next;
                _buckets[bucket].Count--;
                return;
            }

            link = ref _history[at].Next;
        }
    }
}
