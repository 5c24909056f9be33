namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>
/// How fast each class uses its shots: an average that forgets by half in so long, begun with what is expected before anything was played. Allocates nothing after construction. [engine]
/// </summary>
/// <param name="classes">How many classes.</param>
/// <param name="halfLife">In which time the past counts half.</param>
public sealed class UseRates(int classes, TimeSpan halfLife)
{
    private readonly double[] _rates = new double[classes];
    private readonly long[] _taken = new long[classes];
    private DateTimeOffset? _at;

    /// <summary>Shots a second of a class.</summary>
    public double this[int @class] => _rates[@class];

    /// <summary>What is expected of a class before it was used.</summary>
    public void Expect(int @class, double rate) => _rates[@class] = rate;

    /// <summary>Looks at what the bank has given until <paramref name="now"/>. Looks closer together than a tenth of a second are put together.</summary>
    public void Look(ShotBank bank, DateTimeOffset now)
    {
        if (_at is not { } before)
        {
            for (var c = 0; c < _rates.Length; c++) _taken[c] = bank.Taken(c);
            _at = now;
            return;
        }

        var seconds = (now - before).TotalSeconds;
        if (seconds < .1) return;
        var kept = Math.Pow(.5, seconds / halfLife.TotalSeconds);
        for (var c = 0; c < _rates.Length; c++)
        {
            var taken = bank.Taken(c);
            _rates[c] = (kept * _rates[c]) + ((1 - kept) * (taken - _taken[c]) / seconds);
            _taken[c] = taken;
        }

        _at = now;
    }
}
