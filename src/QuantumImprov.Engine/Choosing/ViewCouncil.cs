using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Choosing;

/// <summary>
/// A small council whose members are views of one alphabet, with equal amplitudes unless <see cref="Weights"/> are given and no memory, put into a circuit and measured: how chords and bars of rhythm are chosen. Allocates nothing after construction. [engine]
/// </summary>
/// <param name="views">How many members, 1 to 32.</param>
/// <param name="most">The most candidates, 1 to 128.</param>
public sealed class ViewCouncil(int views, int most)
{
    private readonly CouncilStep _step = new(views, most);
    private readonly double[] _laws = new double[views * most], _weights = [.. Enumerable.Repeat(1.0 / views, views)];

    /// <summary>Where the laws of <paramref name="count"/> candidates go before anything is asked: a row of weights, 0 to 1, for each view.</summary>
    public Span<double> Rows(int count) => _laws.AsSpan(0, views * count);

    /// <summary>How strongly each view speaks: amplitudes, not negative, of any scale; all equal at first.</summary>
    public Span<double> Weights => _weights;

    /// <summary>A measured candidate of <paramref name="count"/>, by the laws in <see cref="Rows"/>, which are used up; some weight is not 0.</summary>
    public int Choose(int count, double coherence, Xoshiro random)
    {
        _step.Prepare(Load(count), _weights, views, count, coherence);
        return _step.Draw(random).Symbol;
    }

    /// <summary>The exact law of <see cref="Choose"/>, one entry a candidate; the laws in <see cref="Rows"/> are used up.</summary>
    public void WriteLaw(int count, double coherence, Span<double> law) => CouncilLaw.Write(new CouncilTerms(Load(count), _weights, views, count, coherence), null, law);

    private ReadOnlySpan<double> Load(int count)
    {
        var rows = Rows(count);
        for (var i = 0; i < rows.Length; i++) rows[i] = Math.Sqrt(rows[i]);
        return rows;
    }
}
