using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Judging;

/// <summary>
/// Whether an answer can be told from answers to other calls: a <see cref="LogisticClassifier"/> learns on people's pairs of the other folds, true and shuffled, and is asked about this fold's.
/// </summary>
/// <param name="Human">Share of right decisions on people's pairs, half of them true; 0.5 is a guess. Null when there are too few melodies.</param>
/// <param name="Partner">The same with the partner's answers, by the same classifier.</param>
/// <param name="Decisions">How many decisions each share is of.</param>
public sealed record CallShuffle(double? Human, double? Partner, int Decisions)
{
    /// <summary>
    /// The shares over all folds that have two pairs and other folds two more. Pair i of both lists has the same call; <paramref name="folds"/> tells its fold.
    /// </summary>
    public static CallShuffle Of(IReadOnlyList<CallAndAnswer> people, IReadOnlyList<CallAndAnswer> partners, IReadOnlyList<int> folds, ulong seed)
    {
        var (human, partner, decisions) = (0, 0, 0);
        foreach (var fold in folds.Distinct().Order())
        {
            var random = new Xoshiro(Xoshiro.Derive(seed, (ulong)fold));
            var (learned, asked) = (Where(f => f != fold), Where(f => f == fold));
            if (learned.Count < 2 || asked.Count < 2) continue;
            var classifier = new LogisticClassifier([.. Examples(people, Shuffled(learned, random))]);
            var shuffled = Shuffled(asked, random);
            human += Right(classifier, people, shuffled);
            partner += Right(classifier, partners, shuffled);
            decisions += 2 * asked.Count;
        }

        return decisions == 0 ? new CallShuffle(null, null, 0) : new CallShuffle(human / (double)decisions, partner / (double)decisions, decisions);

        List<int> Where(Func<int, bool> holds) => [.. Enumerable.Range(0, folds.Count).Where(i => holds(folds[i]))];
    }

    /// <summary>Everyone in <paramref name="all"/> (at least two) with somebody else, each once on either side: one cycle through a random order.</summary>
    public static List<(int Call, int Answer)> Shuffled(IReadOnlyList<int> all, Xoshiro random)
    {
        int[] order = [.. all];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return [.. order.Select((call, i) => (call, order[(i + 1) % order.Length]))];
    }

    private static int Right(LogisticClassifier classifier, IReadOnlyList<CallAndAnswer> pairs, List<(int Call, int Answer)> shuffled) =>
        Examples(pairs, shuffled).Count(e => classifier.Probability(e.Features) > .5 == e.IsTrue);

    private static IEnumerable<(double[] Features, bool IsTrue)> Examples(IReadOnlyList<CallAndAnswer> pairs, List<(int Call, int Answer)> shuffled)
    {
        foreach (var (call, answer) in shuffled)
        {
            yield return (PairFeatures.Of(pairs[call].Call, pairs[call].Answer), true);
            yield return (PairFeatures.Of(pairs[call].Call, pairs[answer].Answer), false);
        }
    }
}
