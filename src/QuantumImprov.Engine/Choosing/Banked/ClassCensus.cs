namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>
/// What one context has asked for lately: how often, the size of its live laws pitch by pitch (the mean of their squares, which is what makes the cheapest proposal for laws that are now this sharp and now that), and how much of it the
/// council's two halves carried. The past fades. Allocates nothing after construction. [engine]
/// </summary>
internal sealed class ClassCensus
{
    private const double Kept = 1 - (1 / 256.0);

    private readonly float[] _squares = new float[128], _halves = new float[128];

    /// <summary>How often, fading.</summary>
    internal double Weight { get; private set; }

    /// <summary>When it was last seen, by the number of choices.</summary>
    internal long LastSeen { get; private set; }

    /// <summary>A choice was made in this context.</summary>
    /// <param name="pitches">The candidates.</param>
    /// <param name="law">Their law.</param>
    /// <param name="half">The share of each that the first half of the council carried.</param>
    /// <param name="number">The number of the choice.</param>
    internal void Add(ReadOnlySpan<int> pitches, ReadOnlySpan<double> law, ReadOnlySpan<double> half, long number)
    {
        for (var p = 0; p < 128; p++) (_squares[p], _halves[p]) = ((float)(_squares[p] * Kept), (float)(_halves[p] * Kept));
        for (var x = 0; x < pitches.Length; x++)
        {
            var square = (float)(law[x] * law[x]);
            _squares[pitches[x]] += square;
            _halves[pitches[x]] += (float)half[x] * square;
        }

        Weight = (Weight * Kept) + 1;
        LastSeen = number;
    }

    /// <summary>How much a pitch is wanted.</summary>
    internal double this[int pitch] => Math.Sqrt(_squares[pitch] / Math.Max(1e-9, Weight));

    /// <summary>The first half's share of it, 0 to 1.</summary>
    internal double Half(int pitch) => _squares[pitch] > 0 ? Math.Clamp(_halves[pitch] / _squares[pitch], 0, 1) : .5;
}
