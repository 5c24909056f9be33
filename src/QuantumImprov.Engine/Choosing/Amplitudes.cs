namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// What the council has learned about its members: for each member and confidence class a weight a >= 0 and an exponent alpha. The chosen law is
/// P(x) = |sum a p(x)^alpha|^2 / Z; both are learned by gradient on log P of what was really played, with steps scaled by a running second moment. Allocates
/// nothing after construction. [engine]
/// </summary>
public sealed class Amplitudes
{
    /// <summary>The bounds of an exponent; 1/2 is the plain square-root amplitude.</summary>
    public const double LeastTemper = .03, GreatestTemper = 3;

    private const double WeightRate = .1, TemperRate = .2, SurelyPlayed = .997;

    private readonly int _classes;
    private readonly double[] _weights, _tempers, _weightMoments, _temperMoments;
    private double[] _scratch = [];

    /// <summary>Equal weights and plain square roots for <paramref name="members"/> members of <paramref name="classes"/> confidence classes.</summary>
    public Amplitudes(int members, int classes)
    {
        (Members, _classes) = (members, classes);
        _weights = new double[members * classes];
        _tempers = new double[members * classes];
        _weightMoments = new double[members * classes];
        _temperMoments = new double[members * classes];
        Array.Fill(_weights, 1.0 / members);
        Array.Fill(_tempers, .5);
        Array.Fill(_weightMoments, GradientStep.FirstMoment);
        Array.Fill(_temperMoments, GradientStep.FirstMoment);
    }

    /// <summary>How many members.</summary>
    public int Members { get; }

    /// <summary>Classes a member.</summary>
    public int Classes => _classes;

    /// <summary>Weights, members x classes, row by row.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Exponents, members x classes, row by row.</summary>
    public ReadOnlySpan<double> Tempers => _tempers;

    /// <summary>Takes over weights and exponents learned elsewhere; both members x classes, row by row; bounds are enforced.</summary>
    public void Adopt(ReadOnlySpan<double> weights, ReadOnlySpan<double> tempers)
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] = Math.Max(0, weights[i]);
            _tempers[i] = Math.Clamp(tempers[i], LeastTemper, GreatestTemper);
        }
    }

    /// <summary>
    /// Writes the weights of the classes in <paramref name="confidence"/> and the tempered rows p^alpha of <paramref name="laws"/> (members x candidates).
    /// </summary>
    public void Temper(ReadOnlySpan<double> laws, ReadOnlySpan<int> confidence, int candidates, Span<double> weights, Span<double> amplitudes)
    {
        for (var k = 0; k < Members; k++)
        {
            var at = k * _classes + confidence[k];
            weights[k] = _weights[at];
            var alpha = _tempers[at];
            for (var x = k * candidates; x < (k + 1) * candidates; x++) amplitudes[x] = Math.Pow(laws[x], alpha);
        }
    }

    /// <summary>
    /// One gradient step at <paramref name="rate"/> after <paramref name="played"/> (an index of the candidates) was heard: raises log P of it. Returns the bits
    /// the law before the step had needed for it.
    /// </summary>
    public double Learn(ReadOnlySpan<double> laws, ReadOnlySpan<int> confidence, int candidates, int played, double rate)
    {
        if (_scratch.Length < (Members + 1) * candidates) _scratch = new double[(Members + 1) * candidates];
        var rows = _scratch.AsSpan(0, Members * candidates);
        var sum = _scratch.AsSpan(Members * candidates, candidates);
        Span<double> weights = stackalloc double[Members];
        Temper(laws, confidence, candidates, weights, rows);
        sum.Clear();
        for (var k = 0; k < Members; k++)
        {
            for (var x = 0; x < candidates; x++) sum[x] += weights[k] * rows[k * candidates + x];
        }

        var z = 0.0;
        foreach (var s in sum) z += s * s;
        if (z <= 0) return Math.Log2(candidates);
        var p = sum[played] * sum[played] / z;
        var mixed = SurelyPlayed * p + (1 - SurelyPlayed) / candidates;
        var scale = SurelyPlayed * p / mixed;
        for (var k = 0; k < Members; k++)
        {
            var row = rows.Slice(k * candidates, candidates);
            var law = laws.Slice(k * candidates, candidates);
            double towards = 0, towardsTemper = 0;
            for (var x = 0; x < candidates; x++)
            {
                var pull = sum[x] * row[x];
                towards += pull;
                towardsTemper += pull * Math.Log(law[x]);
            }

            var hit = sum[played] > 0 ? row[played] / sum[played] : 0;
            var at = k * _classes + confidence[k];
            var weightGradient = -2 * scale * (hit - towards / z);
            var temperGradient = -2 * scale * weights[k] * (hit * Math.Log(law[played]) - towardsTemper / z);
            _weights[at] = Math.Max(0, _weights[at] - GradientStep.Length(weightGradient, ref _weightMoments[at], WeightRate * rate));
            _tempers[at] = Math.Clamp(_tempers[at] - GradientStep.Length(temperGradient, ref _temperMoments[at], TemperRate * rate), LeastTemper, GreatestTemper);
        }

        return -Math.Log2(mixed);
    }
}
