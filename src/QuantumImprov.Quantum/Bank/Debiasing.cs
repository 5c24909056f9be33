namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// Fair bits from a coin that falls alike and independently each time but not evenly: von Neumann's pairs (1951), iterated on what they throw away (Peres, Annals of Statistics 20, 1992). The bits are exactly fair whatever
/// the bias; their number approaches the coin's entropy. A coin that drifts within the sequence, or remembers, is not covered. Pure; allocates.
/// </summary>
public static class Debiasing
{
    // Each level adds less than the one before.
    private const int Levels = 16;

    /// <summary>Appends the fair bits of one coin's falls to <paramref name="fair"/>.</summary>
    public static void Extract(ReadOnlySpan<bool> falls, ICollection<bool> fair) => Extract(falls, fair, Levels);

    private static void Extract(ReadOnlySpan<bool> falls, ICollection<bool> fair, int levels)
    {
        if (falls.Length < 2 || levels == 0) return;
        var differ = new bool[falls.Length / 2];
        var alike = new bool[falls.Length / 2];
        var same = 0;
        for (var i = 0; i < differ.Length; i++)
        {
            var (first, second) = (falls[2 * i], falls[(2 * i) + 1]);
            differ[i] = first != second;
            if (first != second) fair.Add(first);
            else alike[same++] = first;
        }

        Extract(differ, fair, levels - 1);
        Extract(alike.AsSpan(0, same), fair, levels - 1);
    }
}
