using System.Numerics;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// Puts numbers in order, the least first: by insertion, or a heap where there are many. Allocates nothing, which the base library's sort does not promise in a program compiled ahead of time. [any]
/// </summary>
internal static class Ordering
{
    private const int Few = 48;

    internal static void Sort<T>(Span<T> numbers)
        where T : IComparisonOperators<T, T, bool>
    {
        if (numbers.Length > Few)
        {
            SortMany(numbers);
            return;
        }

        for (var i = 1; i < numbers.Length; i++)
        {
            var number = numbers[i];
            var at = i;
            for (; at > 0 && numbers[at - 1] > number; at--) numbers[at] = numbers[at - 1];
            numbers[at] = number;
        }
    }

    // The greatest goes behind the heap, which is one shorter each time.
    private static void SortMany<T>(Span<T> numbers)
        where T : IComparisonOperators<T, T, bool>
    {
        for (var i = numbers.Length / 2 - 1; i >= 0; i--) Sink(numbers, i);
        for (var last = numbers.Length - 1; last > 0; last--)
        {
            (numbers[0], numbers[last]) = (numbers[last], numbers[0]);
            Sink(numbers[..last], 0);
        }
    }

    private static void Sink<T>(Span<T> heap, int at)
        where T : IComparisonOperators<T, T, bool>
    {
        while (2 * at + 1 is var child && child < heap.Length)
        {
            if (child + 1 < heap.Length && heap[child + 1] > heap[child]) child++;
            if (!(heap[child] > heap[at])) return;
            (heap[child], heap[at]) = (heap[at], heap[child]);
            at = child;
        }
    }
}
