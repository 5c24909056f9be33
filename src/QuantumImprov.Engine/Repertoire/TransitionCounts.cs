namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// The learned graph of pitches: how often each pitch followed each, and, for what was seen seldom, how often each interval came. The table that a walk walks on. About 130 KiB; allocates nothing
/// after construction. [engine]
/// </summary>
public sealed class TransitionCounts
{
    /// <summary>The weight of the intervals' law beside the counts of a pitch, in notes.</summary>
    public const double BackOff = 3;

    private const int Pitches = 128;
    private const double UnseenInterval = .02;
    private readonly double[] _counts = new double[Pitches * Pitches];
    private readonly double[] _intervals = new double[2 * Pitches - 1], _unseen = new double[2 * Pitches - 1];

    /// <summary>Nothing counted yet: nearer pitches are likelier.</summary>
    public TransitionCounts()
    {
        for (var i = 0; i < _unseen.Length; i++) _unseen[i] = UnseenInterval / (1 + Math.Abs(i - Pitches + 1));
    }

    /// <summary>Counts a step from one pitch to another, both 0 to 127.</summary>
    public void Hear(int from, int to)
    {
        _counts[from * Pitches + to]++;
        _intervals[to - from + Pitches - 1]++;
    }

    /// <summary>Takes back exactly what <see cref="Hear"/> counted.</summary>
    public void TakeBack(int from, int to)
    {
        _counts[from * Pitches + to]--;
        _intervals[to - from + Pitches - 1]--;
    }

    /// <summary>Writes the law of the pitch after <paramref name="from"/> among <paramref name="among"/>, one entry each, sum 1, none 0.</summary>
    public void WriteLaw(int from, ReadOnlySpan<int> among, Span<double> law)
    {
        double seen = 0, reach = 0, total = 0;
        foreach (var to in among)
        {
            seen += _counts[from * Pitches + to];
            reach += Interval(from, to);
        }

        for (var i = 0; i < among.Length; i++)
        {
            var to = among[i];
            law[i] = (_counts[from * Pitches + to] + BackOff * Interval(from, to) / reach) / (seen + BackOff);
            total += law[i];
        }

        for (var i = 0; i < among.Length; i++) law[i] /= total;
    }

    // Counts are kept whole, so that what is taken back leaves no rounding behind.
    private double Interval(int from, int to) => _intervals[to - from + Pitches - 1] + _unseen[to - from + Pitches - 1];
}
