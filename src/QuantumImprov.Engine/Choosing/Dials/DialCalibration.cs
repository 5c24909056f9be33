namespace QuantumImprov.Engine.Choosing.Dials;

/// <summary>
/// Translates the dials into what stands in the circuit, so that equal turns change the law by equal total variation in contexts like those heard lately. Each curve starts from the law that is
/// coherent, in step and not new. Allocates nothing after construction. [engine]
/// </summary>
public sealed class DialCalibration
{
    private readonly double[] _from, _to, _variation = new double[DialCurve.Steps + 1];

    /// <summary>Room for laws of up to so many candidates.</summary>
    public DialCalibration(int mostCandidates) => (_from, _to) = (new double[mostCandidates], new double[mostCandidates]);

    /// <summary>
    /// Total variation against u, c being (1 - u)^2: members that agree weigh much more together than apart, so that little is left to turn until c is small.
    /// </summary>
    public DialCurve Coherence { get; } = new();

    /// <summary>Total variation against u, the phase being acos(1 - 2 u (2 - u)): steps grow short towards 180 degrees, where a law that nearly cancels turns fastest.</summary>
    public DialCurve Phase { get; } = new();

    /// <summary>Total variation against nu.</summary>
    public DialCurve Novelty { get; } = new();

    /// <summary>Takes the laws of one context into all curves.</summary>
    public void Take(DialLaws laws)
    {
        Take(laws, Coherence, static at => new LawTurn(CoherenceAt(at), 0, 0));
        Take(laws, Phase, static at => new LawTurn(1, PhaseAt(at), 0));
        Take(laws, Novelty, static at => new LawTurn(1, 0, at));
    }

    /// <summary>Lets what was taken in so far count as no more than <paramref name="contexts"/> contexts.</summary>
    public void Hold(int contexts)
    {
        Coherence.Hold(contexts);
        Phase.Hold(contexts);
        Novelty.Hold(contexts);
    }

    /// <summary>What stands in the circuit at these settings.</summary>
    public LawTurn Turn(DialSettings settings) =>
        new(CoherenceAt(Coherence.Parameter(1 - settings.Coherence)), PhaseAt(Phase.Parameter(settings.Phase)), Novelty.Parameter(settings.Novelty));

    private static double CoherenceAt(double parameter) => (1 - parameter) * (1 - parameter);

    private static double PhaseAt(double parameter) => Math.Acos(1 - 2 * parameter * (2 - parameter));

    private void Take(DialLaws laws, DialCurve curve, Func<double, LawTurn> turn)
    {
        var from = _from.AsSpan(0, laws.Candidates);
        var to = _to.AsSpan(0, laws.Candidates);
        laws.Write(turn(0), from);
        for (var i = 1; i <= DialCurve.Steps; i++)
        {
            laws.Write(turn(i / (double)DialCurve.Steps), to);
            _variation[i] = DialLaws.Variation(from, to);
        }

        curve.Take(_variation);
    }
}
