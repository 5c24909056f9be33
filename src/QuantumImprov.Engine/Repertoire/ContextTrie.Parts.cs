namespace QuantumImprov.Engine.Repertoire;

/// <summary>What it is made of.</summary>
public sealed partial class ContextTrie
{
    /// <summary>A context: its parent is the context shorter by <see cref="Symbol"/> and what comes before that, up to <see cref="Depth"/> symbols in all.</summary>
    private struct Node : IChained
    {
        /// <summary>The context shorter than this one.</summary>
        public int Parent;

        /// <summary>The symbol before the parent's context.</summary>
        public int Symbol;

        /// <summary>How many symbols long it is.</summary>
        public int Depth;

        /// <summary>A place that has this context.</summary>
        public int From;

        /// <summary>The first of its children, a bucket below 0; those after it are in the tables.</summary>
        public int Child;

        /// <summary>The first of its successors; those after it are in the table.</summary>
        public int First;

        /// <summary>How often it was followed by anything.</summary>
        public int Count;

        /// <summary>By how many symbols.</summary>
        public int Distinct;

        public int Chain { get; set; }

        public readonly int A => Parent;

        public readonly int B => Symbol;
    }

    /// <summary>All contexts that are longer than the parent by <see cref="Symbol"/>.</summary>
    private struct Bucket : IChained
    {
        private const int CountBits = 7, Most = (1 << CountBits) - 1;
        private int _tag;

        /// <summary>The node it is below.</summary>
        public int Parent;

        /// <summary>One more than the first of its places; of a spare one, the next spare one.</summary>
        public int First;

        /// <summary>The symbol before the parent's context, below 2^24.</summary>
        public int Symbol
        {
            readonly get => _tag >> CountBits;
            set => _tag = value << CountBits | Count;
        }

        /// <summary>How many places it has.</summary>
        public int Count
        {
            readonly get => _tag & Most;
            set => _tag = (_tag & ~Most) | value;
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
