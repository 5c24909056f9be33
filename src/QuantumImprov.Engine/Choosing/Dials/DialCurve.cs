namespace QuantumImprov.Engine.Choosing.Dials;

/// <summary>
/// How far one dial moves the law: the total variation from the law where the dial has not been turned, at even values of its parameter from 0 to 1, averaged over recent contexts that fade
/// with a half-life of about 33. Allocates nothing after construction. [engine]
/// </summary>
public sealed class DialCurve
{
    /// <summary>Even steps of the parameter.</summary>
    public const int Steps = 12;

    /// <summary>Contexts after which each new one counts as much as in an average of so many.</summary>
    public const int Window = 48;

    private readonly double[] _variation = new double[Steps + 1];
    private int _contexts;

    /// <summary>Contexts taken in, counted up to <see cref="Window"/>.</summary>
    public int Contexts => _contexts;

    /// <summary>Total variation at the end of the dial, 0 to 1; 0 before the first context.</summary>
    public double End => _variation[Steps];

    /// <summary>Takes one context in.</summary>
    /// <param name="variation">Total variation at parameter i / <see cref="Steps"/>, one entry more than steps; the first is 0.</param>
    public void Take(ReadOnlySpan<double> variation)
    {
        _contexts = Math.Min(_contexts + 1, Window);
        for (var i = 1; i <= Steps; i++) _variation[i] += (variation[i] - _variation[i]) / _contexts;
    }

    /// <summary>
    /// The parameter at which the law has gone <paramref name="position"/> (0 to 1) of the way to the dial's end; the position itself before the first context, or where the dial moves nothing.
    /// </summary>
    public double Parameter(double position)
    {
        position = Math.Clamp(position, 0, 1);
        if (End <= 0 || position is 0 or 1) return position;
        var wanted = position * End;
        var reached = 0.0;
        for (var i = 1; i <= Steps; i++)
        {
            // Averages of curves that rise do rise; the greatest so far stands in where one does not.
            var next = Math.Max(reached, _variation[i]);
            if (next >= wanted && next > reached) return (i - 1 + (wanted - reached) / (next - reached)) / Steps;
            reached = next;
        }

        return 1;
    }

    /// <summary>Lets what was taken in so far count as no more than <paramref name="contexts"/> contexts: others are coming.</summary>
    public void Hold(int contexts) => _contexts = Math.Min(_contexts, contexts);
}
