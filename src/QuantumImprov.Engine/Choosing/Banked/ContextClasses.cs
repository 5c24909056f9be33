using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Bank;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>
/// At most 64 coarse contexts that shots are taken for: the last two pitches where that pair is common, the last pitch alone as a fallback, and one class for whatever is left, so that every context has one. Each class's circuit is a small
/// council: the long-term and the short-term half of the real one, scaled so that they interfere to the laws that were wanted in this context lately. It is written anew when what is wanted has drifted. [engine]
/// </summary>
/// <param name="coins">Coin qubits beside each circuit.</param>
public sealed class ContextClasses(int coins = 0)
{
    /// <summary>Coin qubits that pure banks take: a shot needs some two fair bits, and debiasing leaves a little less than one of each.</summary>
    public const int PureCoins = 4;

    /// <summary>How far what is wanted may lie from what a class's circuit was written for, in total variation, before it is written anew.</summary>
    public const double DriftDistance = .2;

    /// <summary>How many classes are fallbacks by the last pitch, at most.</summary>
    public const int Fallbacks = 28;

    /// <summary>How often a pair must have been met before it gets a class.</summary>
    public const double LeastWeight = 3;

    private const int MostContexts = 1024, Rest = 0;

    // What a class wants less than this share of its likeliest is left out of its shortlist: it would only cost shots.
    private const double LeastWanted = .004;

    private readonly Dictionary<int, ClassCensus> _contexts = new(MostContexts + 2);
    private readonly Dictionary<int, int> _classOf = new(ShotBank.MostClasses);
    private readonly int[] _keyOf = [.. Enumerable.Repeat(int.MinValue, ShotBank.MostClasses)];
    private readonly double[] _half = new double[Candidates.Capacity];
    private long _choices;
    private int _turn;

    /// <summary>How often editions were written anew because of drift.</summary>
    public int Rewritten { get; private set; }

    /// <summary>Choices seen so far.</summary>
    public long Choices => _choices;

    /// <summary>The share of choices of a class among all, as seen lately.</summary>
    public double ShareOf(int @class)
    {
        if (_keyOf[@class] == int.MinValue || !_contexts.TryGetValue(_keyOf[@class], out var census) || !_contexts.TryGetValue(ContextKey.Any, out var all)) return 0;
        // A fallback serves what no pair serves; roughly a third of its context.
        var share = census.Weight / Math.Max(1, all.Weight);
        return @class == Rest ? .02 : _keyOf[@class] < 128 ? .4 * share : share;
    }

    /// <summary>What a class stands for, in words.</summary>
    public string NameOf(int @class) => _keyOf[@class] switch
    {
        int.MinValue => "nothing",
        ContextKey.Any => "any",
        < 128 and var last => $"{last}",
        var pair => $"{(pair >> 8) - 1} {pair & 255}",
    };

    /// <summary>Writes the classes that serve where <paramref name="line"/> stands, the closest first, and returns how many.</summary>
    public int Of(MelodicLine line, Span<int> classes)
    {
        var count = ContextKey.WriteClasses(_classOf, line, classes);
        classes[count++] = Rest;
        return count;
    }

    /// <summary>A choice with this law was asked for where <paramref name="line"/> stands. Allocates for a context never met before.</summary>
    public void Observe(IChain chain, MelodicLine line, ReadOnlySpan<int> pitches, ReadOnlySpan<double> law)
    {
        var half = _half.AsSpan(0, pitches.Length);
        if (chain is CouncilChain council) council.WriteHalf(half);
        else half.Fill(1);
        _choices++;
        Context(ContextKey.Any)?.Add(pitches, law, half, _choices);
        if (line.Remembered >= 1) Context(line.Recent(0))?.Add(pitches, law, half, _choices);
        if (line.Remembered >= 2) Context(ContextKey.After(line.Recent(1), line.Recent(0)))?.Add(pitches, law, half, _choices);
    }

    /// <summary>Gives classes to the contexts that need them most and orders what has drifted anew; returns how many editions are new. Allocates.</summary>
    /// <param name="bank">Where editions are installed.</param>
    /// <param name="most">How many classes are looked at; the next call goes on with others.</param>
    public int Refresh(ShotBank bank, int most = ShotBank.MostClasses)
    {
        var written = 0;
        var assigned = Assigned();
        for (var i = 0; i < Math.Min(most, assigned.Count); i++)
        {
            var (key, @class) = assigned[_turn++ % assigned.Count];
            if (Write(@class, key) is not { } spec) continue;
            var present = bank.Current(@class);
            if (present is not null && _keyOf[@class] == key && spec.DistanceTo(present) < DriftDistance) continue;
            if (present is not null) Rewritten++;
            if (_keyOf[@class] != int.MinValue) _classOf.Remove(_keyOf[@class]);
            (_keyOf[@class], _classOf[key]) = (key, @class);
            bank.Install(spec);
            written++;
        }

        return written;
    }

    // Which context is to have which class. One that has a class loses it only to one that is met half as often again.
    private List<(int Key, int Class)> Assigned()
    {
        var assigned = new List<(int, int)>();
        if (!_contexts.ContainsKey(ContextKey.Any)) return assigned;
        assigned.Add((ContextKey.Any, Rest));
        Assign(_contexts.Where(c => c.Key < 128 && c.Value.Weight >= 1), Rest + 1, Fallbacks, assigned);
        Assign(_contexts.Where(c => c.Key is >= 128 and < ContextKey.Any && c.Value.Weight >= LeastWeight), Rest + 1 + Fallbacks, ShotBank.MostClasses - Fallbacks - 1, assigned);
        return assigned;
    }

    private void Assign(IEnumerable<KeyValuePair<int, ClassCensus>> contexts, int first, int count, List<(int Key, int Class)> assigned)
    {
        var wanted = contexts.OrderByDescending(c => c.Value.Weight * (_classOf.ContainsKey(c.Key) ? 1.5 : 1)).ThenBy(c => c.Key).Take(count).Select(c => c.Key).ToList();
        var free = new Queue<int>(Enumerable.Range(first, count).Where(c => !wanted.Contains(_keyOf[c])));
        foreach (var key in wanted) assigned.Add((key, _classOf.TryGetValue(key, out var has) ? has : free.Dequeue()));
    }

    private ClassSpec? Write(int @class, int key)
    {
        var census = _contexts[key];
        var greatest = Enumerable.Range(0, 128).Max(p => census[p]);
        if (greatest <= 0) return null;
        int[] labels = [.. Enumerable.Range(0, 128).Where(p => census[p] >= LeastWanted * greatest).OrderByDescending(p => census[p]).Take(ClassSpec.MostLabels).Order()];
        // The law is the square of the sum of the halves, so each carries its share of the root.
        var rows = new double[2 * labels.Length];
        for (var s = 0; s < labels.Length; s++)
        {
            var root = Math.Sqrt(census[labels[s]] / greatest);
            rows[s] = census.Half(labels[s]) * root;
            rows[labels.Length + s] = (1 - census.Half(labels[s])) * root;
        }

        var alone = rows.AsSpan(labels.Length).IndexOfAnyExceptInRange(-1e-9, 1e-9) < 0;
        return new ClassSpec(@class, [.. labels], alone ? [.. rows[..labels.Length]] : [.. rows], alone ? [1] : [1, 1], coins) { Context = key };
    }

    private ClassCensus? Context(int key)
    {
        if (_contexts.TryGetValue(key, out var census)) return census;
        if (_contexts.Count >= MostContexts) Forget();
        return _contexts[key] = new ClassCensus();
    }

    // The quarter that was met longest ago.
    private void Forget()
    {
        foreach (var key in _contexts.Where(c => c.Key != ContextKey.Any && !_classOf.ContainsKey(c.Key)).OrderBy(c => c.Value.LastSeen).Take(MostContexts / 4).Select(c => c.Key).ToList()) _contexts.Remove(key);
    }
}
