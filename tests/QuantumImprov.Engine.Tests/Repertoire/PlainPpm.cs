namespace QuantumImprov.Engine.Tests.Repertoire;

/// <summary>The slow twin of the context tree and its law: every context of every length in a dictionary, straight from the definition.</summary>
public sealed class PlainPpm(int maxOrder)
{
    private readonly Dictionary<string, Dictionary<int, int>> _contexts = [];

    public void Learn(IReadOnlyList<int> sequence, int sign = 1)
    {
        for (var i = 0; i < sequence.Count; i++)
        {
            for (var order = 0; order <= Math.Min(i, maxOrder); order++)
            {
                var context = Key(sequence, i, order);
                if (!_contexts.TryGetValue(context, out var successors)) _contexts[context] = successors = [];
                successors[sequence[i]] = successors.GetValueOrDefault(sequence[i]) + sign;
                if (successors[sequence[i]] == 0) successors.Remove(sequence[i]);
                if (successors.Count == 0) _contexts.Remove(context);
            }
        }
    }

    public double[] Law(IReadOnlyList<int> past, IReadOnlyList<int> candidates)
    {
        var chain = new List<Dictionary<int, int>>();
        for (var order = 0; order <= Math.Min(past.Count, maxOrder) && _contexts.TryGetValue(Key(past, past.Count, order), out var successors); order++)
        {
            chain.Add(successors);
            if (successors.Count == 1) break;
        }

        var law = new Dictionary<int, double>();
        var escape = 1.0;
        var above = new HashSet<int>();
        foreach (var successors in Enumerable.Reverse(chain))
        {
            var distinct = successors.Count;
            var states = successors.Where(s => !above.Contains(s.Key)).Sum(s => s.Value);
            if (states > 0)
            {
                foreach (var (symbol, count) in successors) law[symbol] = law.GetValueOrDefault(symbol) + escape * count / (states + distinct);
                escape *= distinct / (double)(states + distinct);
            }

            above = [.. successors.Keys];
        }

        var atRoot = chain.Count > 0 ? chain[0].Count : 0;
        var raw = candidates.Select(c => law.GetValueOrDefault(c) + escape / (candidates.Count + 1 - atRoot)).ToArray();
        return [.. raw.Select(p => p / raw.Sum())];
    }

    private static string Key(IReadOnlyList<int> sequence, int end, int order) => string.Join(',', sequence.Skip(end - order).Take(order));
}
