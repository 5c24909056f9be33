namespace QuantumImprov.Quantum.Bank;

/// <summary>Checksums of flat banks (Fowler, Noll and Vo, 1a): each byte changes the sum one to one, so that one changed byte always shows. Allocates nothing.</summary>
internal static class FlatSum
{
    internal static uint Of(ReadOnlySpan<byte> bytes)
    {
        var sum = 2166136261u;
        foreach (var b in bytes) sum = (sum ^ b) * 16777619u;
        return sum;
    }

    internal static ulong Of64(string text)
    {
        var sum = 14695981039346656037UL;
        foreach (var c in text) sum = (sum ^ c) * 1099511628211UL;
        return sum;
    }
}
