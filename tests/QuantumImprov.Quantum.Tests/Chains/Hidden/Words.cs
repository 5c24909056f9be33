namespace QuantumImprov.Quantum.Tests.Chains.Hidden;

/// <summary>Every word over some symbols.</summary>
internal static class Words
{
    internal static IEnumerable<byte[]> All(int symbols, int longest) => Enumerable.Range(1, longest).SelectMany(length => OfLength(symbols, length));

    internal static IEnumerable<byte[]> OfLength(int symbols, int length)
    {
        var count = Enumerable.Repeat(symbols, length).Aggregate(1, (a, b) => a * b);
        for (var code = 0; code < count; code++)
        {
            var word = new byte[length];
            for (int t = 0, rest = code; t < length; t++, rest /= symbols) word[t] = (byte)(rest % symbols);
            yield return word;
        }
    }
}
