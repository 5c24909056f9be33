using System.Numerics;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>
/// Learns hidden quantum Markov models by gradient on the manifold of legal operators, with momentum and Cayley steps (Adhikary, Srinivasan, Gordon and Boots, 2020). It can get stuck, so take the
/// best of several seeds by training score. Pure: the seed decides everything.
/// </summary>
public static class KrausLearner
{
    /// <summary>Learns from a random start.</summary>
    /// <param name="sequences">What to learn from. Those no longer than the warm-up are left out.</param>
    /// <param name="symbols">How many symbols there are, 1 to 256.</param>
    /// <param name="learning">Sizes and steps.</param>
    /// <param name="seed">Of the start and of the order of the windows.</param>
    /// <param name="progress">Receives the share done, 0 to 1, after every epoch.</param>
    /// <param name="stop">Ends the learning between two steps.</param>
    /// <exception cref="ArgumentException">A setting is out of range, a symbol does not exist, or there is nothing to learn from.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public static Learned<KrausSet> Learn(
        IReadOnlyList<byte[]> sequences, int symbols, KrausLearning learning, ulong seed, IProgress<double>? progress = null, CancellationToken stop = default) =>
        Learn(null, sequences, symbols, learning, seed, progress, stop);

    /// <summary>Learns on from a model: the same steps, but from its operators instead of a random start.</summary>
    /// <param name="start">Where to begin; its sizes count, and those in <paramref name="learning"/> do not.</param>
    /// <param name="sequences">What to learn from.</param>
    /// <param name="learning">Windows and steps.</param>
    /// <param name="seed">Of the order of the windows.</param>
    /// <exception cref="ArgumentException">A setting is out of range, a symbol does not exist, or there is nothing to learn from.</exception>
    public static Learned<KrausSet> Continue(KrausSet start, IReadOnlyList<byte[]> sequences, KrausLearning learning, ulong seed) =>
        Learn(start, sequences, start.Symbols, learning with { Levels = start.Levels, Branches = start.Branches }, seed, null, default);

    private static Learned<KrausSet> Learn(
        KrausSet? start, IReadOnlyList<byte[]> sequences, int symbols, KrausLearning learning, ulong seed, IProgress<double>? progress, CancellationToken stop)
    {
        learning.Check();
        var random = new Xoshiro(seed);
        if (learning.Levels is < 1 or > KrausSet.MostLevels) throw new ArgumentOutOfRangeException(nameof(learning), learning.Levels, $"A memory has 1 to {KrausSet.MostLevels} levels.");
        if (symbols is < 1 or > KrausSet.MostSymbols) throw new ArgumentOutOfRangeException(nameof(symbols), symbols, $"There are 1 to {KrausSet.MostSymbols} symbols.");
        ArgumentOutOfRangeException.ThrowIfLessThan(learning.Branches, 1);
        var gradient = new KrausGradient(learning.Levels, symbols, learning.Branches);
        foreach (var sequence in sequences) gradient.Operators.Check(sequence);
        var windows = Windows(sequences, learning);
        if (windows.Length == 0) throw new ArgumentException($"There is nothing to learn from; a sequence longer than the warm-up of {learning.WarmUp} symbols is needed.", nameof(sequences));

        var rows = symbols * learning.Branches * learning.Levels;
        var kappa = start is null ? StiefelPoint.Random(rows, learning.Levels, random) : Stack(start);
        var slope = new ComplexMatrix(rows, learning.Levels);
        var tau = learning.Rate;
        for (var epoch = 0; epoch < learning.Epochs; epoch++, tau *= learning.Decay)
        {
            Shuffle(windows, random);
            var momentum = new ComplexMatrix(rows, learning.Levels);
            for (var first = 0; first < windows.Length; first += learning.Batch)
            {
                stop.ThrowIfCancellationRequested();
                gradient.Set(kappa);
                foreach (var (sequence, from, length) in windows.AsSpan(first, Math.Min(learning.Batch, windows.Length - first)))
                    gradient.Add(sequences[sequence].AsSpan(from, length), learning.WarmUp);
                gradient.Write(slope);
                if (!Blend(momentum, slope)) continue;
                kappa = StiefelPoint.Step(kappa, momentum, tau);
            }

            progress?.Report((epoch + 1.0) / learning.Epochs);
        }

        gradient.Set(kappa);
        var score = sequences.Sum(s => gradient.Operators.LogLikelihood(s, learning.WarmUp));
        return new Learned<KrausSet>(ToSet(kappa, symbols, learning.Branches), score);
    }

    /// <summary>Log-likelihood of a sequence after a warm-up, from the memory that knows nothing, and its derivative by the conjugate of every entry (in the order of <see cref="KrausSet.Entries"/>), taking the entries for independent.</summary>
    /// <param name="set">Where.</param>
    /// <param name="symbols">The sequence.</param>
    /// <param name="warmUp">Symbols at the front whose own probability is not counted.</param>
    /// <exception cref="ArgumentException">A symbol does not exist.</exception>
    public static (double LogLikelihood, Complex[] Gradient) Gradient(KrausSet set, ReadOnlySpan<byte> symbols, int warmUp = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmUp);
        var kappa = Stack(set);
        var slope = new ComplexMatrix(kappa.Rows, kappa.Columns);
        var gradient = new KrausGradient(set.Levels, set.Symbols, set.Branches);
        gradient.Operators.Check(symbols);
        gradient.Set(kappa);
        var log = gradient.Add(symbols, warmUp);
        gradient.Write(slope);
        return (log, [.. slope.Re.Select((x, i) => new Complex(x, slope.Im[i]))]);
    }

    private static ComplexMatrix Stack(KrausSet set)
    {
        var kappa = new ComplexMatrix(set.Symbols * set.Branches * set.Levels, set.Levels);
        for (var i = 0; i < set.Entries.Length; i++) (kappa.Re[i], kappa.Im[i]) = (set.Entries[i].Real, set.Entries[i].Imaginary);
        return kappa;
    }

    // The new slope points downhill of -logL; both it and the momentum count by direction only. False when there is no direction.
    private static bool Blend(ComplexMatrix momentum, ComplexMatrix gradient)
    {
        var length = StiefelPoint.SpectralNorm(gradient);
        if (!(length > 0 && double.IsFinite(length))) return false;
        momentum.Blend(.9, -.1 / length, gradient);
        var size = StiefelPoint.SpectralNorm(momentum);
        if (!(size > 0)) return false;
        momentum.Blend(1 / size, 0, momentum);
        return true;
    }

    private static (int Sequence, int Start, int Length)[] Windows(IReadOnlyList<byte[]> sequences, KrausLearning learning)
    {
        var windows = new List<(int, int, int)>();
        for (var s = 0; s < sequences.Count; s++)
        {
            for (var first = 0; first + learning.WarmUp < sequences[s].Length; first += learning.Window - learning.WarmUp)
                windows.Add((s, first, Math.Min(learning.Window, sequences[s].Length - first)));
        }

        return [.. windows];
    }

    private static void Shuffle<T>(T[] items, Xoshiro random)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = random.NextInt(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private static KrausSet ToSet(ComplexMatrix kappa, int symbols, int branches)
    {
        var exact = StiefelPoint.Polar(kappa);
        return new KrausSet(kappa.Columns, symbols, branches, [.. exact.Re.Select((x, i) => new Complex(x, exact.Im[i]))]);
    }
}
