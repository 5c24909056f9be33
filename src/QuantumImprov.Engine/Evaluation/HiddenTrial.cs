using QuantumImprov.Quantum.Chains.Hidden;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>One fold of the hidden chain: a memory of one qubit that emits steps in semitones, learned from the training melodies and frozen. A first note costs what it costs evenly. [one thread]</summary>
internal sealed class HiddenTrial(MelodySet set)
{
    internal const string Name = "hidden";

    private const int Widest = 12, Symbols = 2 * Widest + 1;
    private const double Floor = .003;
    private static readonly KrausLearning Learning = new() { Levels = 2, Window = 400, WarmUp = 0, Batch = 32, Epochs = 20, Rate = .6, Decay = .88 };

    internal void Run(int fold, int folds, ulong seed, BitTally tally, CancellationToken stop)
    {
        byte[][] lessons = [.. set.Training(fold, folds).Where(m => m.Pitches.Length > 1).Select(m => Enumerable.Range(1, m.Pitches.Length - 1).Select(i => Symbol(m.Pitches[i - 1], m.Pitches[i])).ToArray())];
        var filter = lessons.Length == 0 ? null : new KrausFilter(KrausLearner.Learn(lessons, Symbols, Learning, seed, stop: stop).Model);
        var law = new double[Symbols];
        foreach (var melody in set.Test(fold, folds))
        {
            stop.ThrowIfCancellationRequested();
            filter?.Restart();
            for (var i = 0; i < melody.Pitches.Length; i++)
            {
                var p = 1.0 / set.Alphabet.Length;
                if (i > 0 && filter is not null)
                {
                    filter.WriteLaw(law);
                    p = (1 - Floor) * Share(law, melody.Pitches[i - 1], melody.Pitches[i]) + Floor / set.Alphabet.Length;
                    filter.Follow(Symbol(melody.Pitches[i - 1], melody.Pitches[i]));
                }

                tally.Add(-Math.Log2(p), i);
            }
        }
    }

    private static byte Symbol(int from, int to) => (byte)(Math.Clamp(to - from, -Widest, Widest) + Widest);

    // Steps out of the alphabet are left out; what goes as far as the widest or further shares its symbol.
    private double Share(ReadOnlySpan<double> law, int from, int to)
    {
        Span<int> sharing = stackalloc int[Symbols];
        sharing.Clear();
        foreach (var pitch in set.Alphabet) sharing[Symbol(from, pitch)]++;
        var total = 0.0;
        for (var s = 0; s < Symbols; s++) total += sharing[s] > 0 ? law[s] : 0;
        var symbol = Symbol(from, to);
        return total > 0 ? law[symbol] / sharing[symbol] / total : 1.0 / set.Alphabet.Length;
    }
}
