namespace QuantumImprov.Engine.Evaluation;

/// <summary>
/// What the council's dials do to the law on melodies it has not learned from: total variation from the untouched law by dial position, and bits a note by coherence. Sums of several folds add up.
/// [one thread]
/// </summary>
public sealed class DialTally
{
    /// <summary>Even steps of a dial at which the law is looked at.</summary>
    public const int Steps = 10;

    /// <summary>The dials, in the order of <see cref="Variation"/>.</summary>
    public static readonly string[] Dials = ["coherence", "phase", "novelty"];

    /// <summary>Positions of the coherence dial at which bits are counted.</summary>
    public static readonly double[] Coherences = [0, .25, .5, .75, 1];

    private readonly double[,] _variation = new double[Dials.Length, Steps + 1], _parameter = new double[Dials.Length, Steps + 1];
    private readonly double[] _bits = new double[Coherences.Length];
    private long _contexts, _notes;

    /// <summary>Contexts in which the dials were turned.</summary>
    public long Contexts => _contexts;

    /// <summary>
    /// Mean total variation of dial <paramref name="dial"/> at <paramref name="step"/> of <see cref="Steps"/>; for the coherence dial steps go from 1 down to 0. NaN before the first context.
    /// </summary>
    public double Variation(int dial, int step) => _variation[dial, step] / _contexts;

    /// <summary>What stood in the circuit there on average: coherence, radians, or nu.</summary>
    public double Parameter(int dial, int step) => _parameter[dial, step] / _contexts;

    /// <summary>Bits a note with the coherence dial at <see cref="Coherences"/>, memory and law alike, amplitudes as they were learned at full coherence; NaN before the first note.</summary>
    public double Bits(int coherence) => _bits[coherence] / _notes;

    /// <summary>Takes over what another fold has found.</summary>
    public void Add(DialTally other)
    {
        for (var dial = 0; dial < Dials.Length; dial++)
        {
            for (var step = 0; step <= Steps; step++)
            {
                _variation[dial, step] += other._variation[dial, step];
                _parameter[dial, step] += other._parameter[dial, step];
            }
        }

        for (var i = 0; i < _bits.Length; i++) _bits[i] += other._bits[i];
        _contexts += other._contexts;
        _notes += other._notes;
    }

    internal void Turned(int dial, int step, double variation, double parameter)
    {
        _variation[dial, step] += variation;
        _parameter[dial, step] += parameter;
    }

    internal void NextContext() => _contexts++;

    internal void Cost(int coherence, double bits) => _bits[coherence] += bits;

    internal void NextNote() => _notes++;
}
