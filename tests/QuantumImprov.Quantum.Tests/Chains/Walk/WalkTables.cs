using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Tests.Chains.Walk;

/// <summary>Transition tables for tests.</summary>
internal static class WalkTables
{
    /// <summary>The reversible sample of the reference, eigenvalues 1, .3 and .1.</summary>
    internal static readonly double[] Sample = [.5, .3, .2, .3, .4, .3, .2, .3, .5];

    /// <summary>Any table, some entries 0, seldom reversible; with <paramref name="connected"/> every state leads to the next.</summary>
    internal static double[] Random(ulong seed, int states, bool connected = false)
    {
        var random = new Xoshiro(seed);
        var table = new double[states * states];
        for (var i = 0; i < states; i++)
        {
            var row = table.AsSpan(i * states, states);
            foreach (ref var p in row) p = random.NextDouble() < .3 ? 0 : Math.Pow(random.NextDouble(), 2);
            row[connected ? (i + 1) % states : random.NextInt(states)] += .1;
            Scale(row);
        }

        return table;
    }

    /// <summary>Flows between pairs that are the same in both directions.</summary>
    internal static double[] RandomReversible(ulong seed, int states)
    {
        var random = new Xoshiro(seed);
        var table = new double[states * states];
        for (var i = 0; i < states; i++)
        {
            for (var j = 0; j <= i; j++) table[(i * states) + j] = table[(j * states) + i] = (i == j || j == i - 1 ? .05 : 0) + (random.NextDouble() < .3 ? 0 : random.NextDouble());
        }

        for (var i = 0; i < states; i++) Scale(table.AsSpan(i * states, states));
        return table;
    }

    private static void Scale(Span<double> row)
    {
        double sum = 0;
        foreach (var p in row) sum += p;
        foreach (ref var p in row) p /= sum;
    }
}
