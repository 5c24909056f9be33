using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Bank;

/// <summary>
/// The law of an edition's kept shots on one device: known, as on a simulated device, or measured from shots that were used before. It watches every shot; when a window of shots speaks against it, it has drifted and is measured
/// anew. Allocates nothing after construction. [engine]
/// </summary>
public sealed class ClassLaw
{
    /// <summary>Kept shots that must be counted before a measured law is used.</summary>
    public const int Calibration = 256;

    /// <summary>Kept shots in a window of the watch.</summary>
    public const int Window = 256;

    /// <summary>How often a law that is right is taken for drifted, a window: one time in a million.</summary>
    public const double FalseAlarms = 1e-6;

    // The normal deviate exceeded one time in a million, and for error bounds one time in a thousand over sixteen labels.
    private const double AlarmDeviate = 4.753, BoundDeviate = 4.0;

    // Counts a prior of an even law is worth: a label never seen keeps a small probability.
    private const double PriorWeight = 4;

    private const double MostCounted = 65536;

    private readonly double[] _law, _counts;
    private readonly int[] _window;
    private double _counted;
    private int _inWindow;
    private bool _known;

    /// <summary>Nothing is known yet but the number of labels.</summary>
    public ClassLaw(int labels)
    {
        (_law, _counts, _window) = (new double[labels], new double[labels], new int[labels]);
        Refresh();
    }

    /// <summary>A law that is known exactly.</summary>
    public ClassLaw(ImmutableArray<double> known)
        : this(known.Length)
    {
        known.CopyTo(_law);
        _known = true;
    }

    /// <summary>Whether it may be used.</summary>
    public bool IsReady => _known || _counted >= Calibration;

    /// <summary>Whether it is known rather than measured.</summary>
    public bool IsKnown => _known;

    /// <summary>How many kept shots it rests on.</summary>
    public double Counted => _counted;

    /// <summary>How often it was found to have drifted.</summary>
    public int Drifts { get; private set; }

    /// <summary>The law, one entry a label; every entry above 0 unless it is known to be 0.</summary>
    public ReadOnlySpan<double> Law => _law;

    /// <summary>The labels' counts, as they would be stored.</summary>
    public ReadOnlySpan<double> Counts => _counts;

    /// <summary>Goes on from stored counts.</summary>
    public void Recall(ReadOnlySpan<double> counts)
    {
        if (counts.Length != _counts.Length) throw new ArgumentException($"Got {counts.Length} counts; {_counts.Length} are needed.", nameof(counts));
        _counted = 0;
        for (var s = 0; s < counts.Length; s++) _counted += _counts[s] = Math.Max(0, counts[s]);
        if (!_known) Refresh();
    }

    /// <summary>A kept shot read <paramref name="symbol"/>. It may have been a choice or not: shots come from the same law either way.</summary>
    public void Count(int symbol)
    {
        _counts[symbol]++;
        _counted++;
        _window[symbol]++;
        if (++_inWindow == Window) CloseWindow();
    }

    /// <summary>
    /// The most by which the probability of <paramref name="symbol"/> may be wrong relative to itself, but for one law in a thousand; 0 where the law is known.
    /// </summary>
    public double RelativeError(int symbol)
    {
        if (_known) return 0;
        var q = _law[symbol];
        return BoundDeviate * Math.Sqrt((1 - q) / (q * (_counted + PriorWeight)));
    }

    private void CloseWindow()
    {
        if (IsReady && Distance() > Critical()) Restart();
        else if (!_known)
        {
            // Old counts give way, so that a slow drift is followed.
            if (_counted > MostCounted)
            {
                _counted = 0;
                for (var s = 0; s < _counts.Length; s++) _counted += _counts[s] /= 2;
            }

            Refresh();
        }

        Array.Clear(_window);
        _inWindow = 0;
    }

    private double Distance()
    {
        var distance = 0.0;
        for (var s = 0; s < _law.Length; s++)
        {
            var expected = Math.Max(_law[s], 1e-9) * Window;
            distance += (_window[s] - expected) * (_window[s] - expected) / Math.Max(expected, 1);
        }

        return distance;
    }

    // Wilson and Hilferty; a measured law is itself uncertain, which widens the distance in proportion.
    private double Critical()
    {
        var freedom = Math.Max(1, _law.Length - 1);
        var spread = 2.0 / (9 * freedom);
        var critical = freedom * Math.Pow(1 - spread + (AlarmDeviate * Math.Sqrt(spread)), 3);
        return _known ? critical : critical * (1 + (Window / Math.Max(1, _counted - Window)));
    }

    private void Restart()
    {
        Drifts++;
        _known = false;
        _counted = 0;
        for (var s = 0; s < _counts.Length; s++) _counted += _counts[s] = _window[s];
        Refresh();
    }

    private void Refresh()
    {
        for (var s = 0; s < _law.Length; s++) _law[s] = (_counts[s] + (PriorWeight / _law.Length)) / (_counted + PriorWeight);
    }
}
