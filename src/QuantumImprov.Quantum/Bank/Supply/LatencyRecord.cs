namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>How long jobs took from sending to results, over the last of them. Before enough are known it assumes what it was told. Not thread-safe.</summary>
/// <param name="median">What is assumed at first.</param>
/// <param name="slow">The 95th percentile that is assumed at first.</param>
public sealed class LatencyRecord(TimeSpan median, TimeSpan slow)
{
    private const int Kept = 64, Enough = 8;

    private readonly List<TimeSpan> _times = new(Kept + 1);
    private int _next;

    /// <summary>Half of the jobs took no longer.</summary>
    public TimeSpan Median => Quantile(.5, median);

    /// <summary>Nineteen of twenty took no longer.</summary>
    public TimeSpan Slow => Quantile(.95, slow);

    /// <summary>How many were measured.</summary>
    public int Measured { get; private set; }

    /// <summary>A job took this long.</summary>
    public void Add(TimeSpan time)
    {
        if (_times.Count < Kept) _times.Add(time);
        else _times[_next++ % Kept] = time;
        Measured++;
    }

    private TimeSpan Quantile(double share, TimeSpan assumed)
    {
        if (_times.Count == 0) return assumed;
        var sorted = _times.Order().ToList();
        var found = sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
        // A few jobs say little about the slow ones: the assumption counts until there are enough.
        return _times.Count >= Enough ? found : TimeSpan.FromTicks(Math.Max(found.Ticks, share > .5 ? assumed.Ticks : 0));
    }
}
