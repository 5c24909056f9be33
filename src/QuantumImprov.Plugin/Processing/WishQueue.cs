namespace QuantumImprov.Plugin.Processing;

/// <summary>Wishes that wait, in order. All memory is taken at construction. [audio]</summary>
internal sealed class WishQueue
{
    private const int Capacity = 4096;
    private readonly Wish[] _wishes = new Wish[Capacity];
    private int _first, _count;

    /// <summary>Whether there are none.</summary>
    internal bool IsEmpty => _count == 0;

    /// <summary>Whether no more fit.</summary>
    internal bool IsFull => _count == Capacity;

    /// <summary>The oldest; there is one.</summary>
    internal ref readonly Wish First => ref _wishes[_first];

    /// <summary>Appends; there is room.</summary>
    internal void Add(in Wish wish) => _wishes[(_first + _count++) % Capacity] = wish;

    /// <summary>Takes the oldest away.</summary>
    internal void Drop()
    {
        _first = (_first + 1) % Capacity;
        _count--;
    }
}
