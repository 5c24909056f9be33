using System.Numerics;
using static System.Math;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// Processes of one qubit whose law is known in closed form: what learning is measured by. Description accuracy is 1 + log-likelihood / (T ln s): 0 for an even guess, 1 for certainty.
/// </summary>
public sealed class HiddenProcess
{
    private readonly Func<double, double> _accuracy;

    private HiddenProcess(string name, KrausSet set, Func<KrausSet, double, double> accuracy) => (Name, Set, _accuracy) = (name, set, l => accuracy(set, l));

    /// <summary>
    /// Two symbols: nothing, which turns and damps the qubit, and a tick, which resets it. The chance of a tick rises and falls for ever after the last one, so no finite hidden Markov model is exact.
    /// </summary>
    public static HiddenProcess Clock { get; } = new("clock", new KrausSet(2, 2, 1, [.6 * Cos(.6), -Sin(.6), .6 * Sin(.6), Cos(.6), .8, 0, 0, 0]), Renewal);

    /// <summary>Four symbols: projections on both ends of the z and the x axis. After a symbol its opposite never comes.</summary>
    public static HiddenProcess TwoFour { get; } = new("2-4", Projections(axes: 2), ByLastSymbol);

    /// <summary>Six symbols: projections on both ends of all three axes. After a symbol its opposite never comes.</summary>
    public static HiddenProcess TwoSix { get; } = new("2-6", Projections(axes: 3), ByLastSymbol);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HiddenProcess> All { get; } = [Clock, TwoFour, TwoSix];

    /// <summary>A short name: clock, 2-4 or 2-6.</summary>
    public string Name { get; }

    /// <summary>The operators that make it.</summary>
    public KrausSet Set { get; }

    /// <summary>The description accuracy of the process itself, exactly.</summary>
    public double ClosedForm => Accuracy(0);

    /// <summary>The same when the memory is dephased after every symbol.</summary>
    /// <param name="dephasing">0 to 1.</param>
    public double Accuracy(double dephasing) => _accuracy(dephasing);

    /// <summary>Description accuracy from a log-likelihood.</summary>
    /// <param name="logLikelihood">Natural, of all counted symbols.</param>
    /// <param name="counted">How many were counted, at least 1.</param>
    /// <param name="symbols">s, at least 2.</param>
    public static double DescriptionAccuracy(double logLikelihood, long counted, int symbols)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(counted, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(symbols, 2);
        return 1 + (logLikelihood / (counted * Log(symbols)));
    }

    // A tick leaves level 0 whatever was before, so the gaps are independent: the entropy rate is that of a gap over its mean length.
    private static double Renewal(KrausSet set, double dephasing)
    {
        var filter = new KrausFilter(set, dephasing);
        filter.Restart(0);
        var law = new double[2];
        double survival = 1, mean = 0, entropy = 0;
        while (survival > 1e-18)
        {
            filter.WriteLaw(law);
            mean += survival;
            for (var y = 0; y < 2; y++)
            {
                if (law[y] > 0) entropy -= survival * law[y] * Log(law[y]);
            }

            survival *= law[0];
            filter.Follow(0);
        }

        return 1 - (entropy / mean / Log(2));
    }

    // A projection forgets all but the last symbol, and in the long run every symbol is equally frequent.
    private static double ByLastSymbol(KrausSet set, double dephasing)
    {
        var filter = new KrausFilter(set, dephasing);
        var law = new double[set.Symbols];
        double entropy = 0;
        for (var last = 0; last < set.Symbols; last++)
        {
            filter.Restart();
            filter.Follow(last);
            filter.WriteLaw(law);
            foreach (var p in law)
            {
                if (p > 1e-15) entropy -= p * Log(p) / set.Symbols;
            }
        }

        return 1 - (entropy / Log(set.Symbols));
    }

    private static KrausSet Projections(int axes)
    {
        var half = Sqrt(.5);
        Complex[][] states = [[1, 0], [0, 1], [half, half], [half, -half], [half, new(0, half)], [half, new(0, -half)]];
        var entries = new List<Complex>();
        foreach (var state in states.Take(2 * axes))
        {
            for (var i = 0; i < 4; i++) entries.Add(state[i / 2] * Complex.Conjugate(state[i % 2]) / Sqrt(axes));
        }

        return new KrausSet(2, 2 * axes, 1, entries.ToArray());
    }
}
