namespace QuantumImprov.Engine.Repertoire;

/// <summary>What it is made of.</summary>
public sealed partial class ContextTrie
{
    /// <summary>A context: its parent is the context shorter by <see cref="Symbol"/> and what comes before that, up to <see cref="Depth"/> symbols in all. Or a bucket: all contexts that are longer than the parent by that symbol.</summary>
    private struct Node : IChained
    {
        private const int DepthBits = 7, Places = (1 << DepthBits) - 1;
        private int _shape;

        /// <summary>The context shorter than this one.</summary>
        public int Parent;

        /// <summary>The symbol before the parent's context.</summary>
        public int Symbol;

        /// <summary>A place that has this context; nothing for a bucket.</summary>
        public int From;

        /// <summary>The first of its successors; of a bucket, one more than the first of its places.</summary>
        public int First;

        /// <summary>The first of its children; those after it are in the table.</summary>
        public int Child;

        /// <summary>How often it was followed by anything.</summary>
        public int Count;

        /// <summary>How many symbols long it is; nothing for a bucket.</summary>
        public int Depth
        {
            readonly get => _shape & Places;
            set => _shape = (_shape & ~Places) | value;
        }

        /// <summary>By how many symbols it was followed; nothing for a bucket.</summary>
        public int Distinct
        {
            readonly get => _shape >> DepthBits;
            set => _shape = value << DepthBits | Depth;
        }

        /// <summary>Whether it only lists its places.</summary>
        public bool IsBucket
        {
            readonly get => _shape < 0;
            set => _shape = value ? -1 : 0;
        }

        public int Chain { get; set; }

        public readonly int A => Parent;

        public readonly int B => Symbol;
    }

    /// <summary>How often a symbol followed a node, and the next of that node.</summary>
    private struct Successor : IChained
    {
        public int Node, Symbol, Count, Next;

        public int Chain { get; set; }

        public readonly int A => Node;

        public readonly int B => Symbol;
    }

    /// <summary>What came there, and, one more than it, the next place of the same bucket.</summary>
    private struct Place
    {
        public int Symbol, Next;
    }
}
