using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>The classical yardstick of one fold: PPM over pitches alone (or onset intervals, or durations), by order, long-term (frozen or learning on), short-term, and combined (Pearce 2005, chapters 6 and 7). [one thread]</summary>
internal sealed class PitchContexts
{
    /// <summary>What the columns are called.</summary>
    internal static readonly string[] Names = ["uniform", "order0", "order1", "order2", "order3", "order5", "ppm-ltm", "ppm-stm", "ppm-ltm+", "ppm-both", "ppm-both+"];

    private const double Bias = 2;
    private static readonly int[] Orders = [0, 1, 2, 3, 5];
    private readonly MelodySet _set;
    private readonly Aspect _aspect;
    private readonly Viewpoint _viewpoint;
    private readonly LawWorkspace _workspace;
    private readonly ContextTrie _long = new(), _growing = new(), _short = new();
    private readonly ContextLine _inLong = new(), _inGrowing = new(), _inShort = new();
    private readonly double[] _longLaw, _growingLaw, _shortLaw, _scratch;
    private readonly int[] _alphabet, _symbols;
    private readonly int _maxOrder;

    internal PitchContexts(MelodySet set, Aspect aspect, int maxOrder)
    {
        (_set, _aspect, _alphabet, _maxOrder) = (set, aspect, [.. set.Values(aspect)], maxOrder);
        _viewpoint = aspect == Aspect.Pitch ? Viewpoint.Pitch : TimedViewpoints.Length;
        _symbols = [.. _alphabet.Select(value => _viewpoint.Of(default, value))];
        _workspace = new LawWorkspace(_viewpoint.Symbols);
        (_longLaw, _growingLaw, _shortLaw, _scratch) = (new double[_alphabet.Length], new double[_alphabet.Length], new double[_alphabet.Length], new double[_alphabet.Length]);
    }

    internal void Run(int fold, int folds, IReadOnlyList<BitTally> tallies, CancellationToken stop)
    {
        foreach (var melody in _set.Training(fold, folds))
        {
            stop.ThrowIfCancellationRequested();
            Begin();
            foreach (var value in melody.Values(_aspect))
            {
                _long.Learn(_inLong, _viewpoint.Of(default, value));
                _growing.Learn(_inGrowing, _viewpoint.Of(default, value));
            }

            _long.EndSequence();
        }

        foreach (var melody in _set.Test(fold, folds))
        {
            stop.ThrowIfCancellationRequested();
            Begin();
            for (var i = 0; i < melody.Pitches.Length; i++) Score(melody.Values(_aspect)[i], i, tallies);
        }
    }

    private void Begin()
    {
        _inLong.Restart();
        _growing.EndSequence();
        _inGrowing.Restart();
        _short.Clear();
        _inShort.Restart();
    }

    private void Score(int value, int heard, IReadOnlyList<BitTally> tallies)
    {
        var at = Array.IndexOf(_alphabet, value);
        Write(_long, _inLong, _longLaw);
        Write(_growing, _inGrowing, _growingLaw);
        Write(_short, _inShort, _shortLaw);
        foreach (var tally in tallies)
        {
            var p = tally.Model switch
            {
                "uniform" => 1.0 / _alphabet.Length,
                "ppm-ltm" => _longLaw[at],
                "ppm-stm" => _shortLaw[at],
                "ppm-ltm+" => _growingLaw[at],
                "ppm-both" => Combined(_longLaw, at),
                "ppm-both+" => Combined(_growingLaw, at),
                _ => OfOrder(Orders[Array.IndexOf(Names, tally.Model) - 1], at),
            };
            tally.Add(-Math.Log2(p), heard);
        }

        var symbol = _viewpoint.Of(default, value);
        _inLong.Push(symbol);
        _growing.Learn(_inGrowing, symbol);
        _short.Learn(_inShort, symbol);
    }

    private void Write(ContextTrie trie, ContextLine line, Span<double> law) =>
        PpmLaw.Write(trie, line, _maxOrder, stopWhenCertain: true, _symbols, _workspace, law);

    private double OfOrder(int order, int at)
    {
        PpmLaw.Write(_long, _inLong, order, stopWhenCertain: false, _symbols, _workspace, _scratch);
        return _scratch[at];
    }

    // The surer a law, the more it counts: weights are relative entropies to the power -b.
    private double Combined(double[] other, int at)
    {
        var (a, b) = (Weight(other), Weight(_shortLaw));
        return (a * other[at] + b * _shortLaw[at]) / (a + b);
    }

    private static double Weight(ReadOnlySpan<double> law)
    {
        var entropy = 0.0;
        foreach (var p in law) entropy -= p > 0 ? p * Math.Log2(p) : 0;
        return law.Length < 2 ? 1 : Math.Pow(Math.Max(entropy / Math.Log2(law.Length), 1e-9), -Bias);
    }
}
