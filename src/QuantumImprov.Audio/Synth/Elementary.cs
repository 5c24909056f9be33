using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>
/// Sine, exponential and logarithm from the four basic operations alone, so that a rendering is the same to the last bit on every platform: the C libraries behind
/// <see cref="Math"/> differ in the last place. Good to about 1e-14. [any]
/// </summary>
internal static class Elementary
{
    private const double Ln2 = 0.693147180559945309;

    /// <summary>The sine of <paramref name="turns"/> whole turns.</summary>
    [RealTime]
    public static double Sine(double turns)
    {
        var t = turns - Math.Floor(turns + 0.5);
        if (t > 0.25) t = 0.5 - t;
        else if (t < -0.25) t = -0.5 - t;
        var x = t * (2 * Math.PI);
        var square = x * x;
        var term = x;
        var sum = x;
        for (var n = 2; n <= 20; n += 2)
        {
            term *= -square / (n * (n + 1));
            sum += term;
        }

        return sum;
    }

    /// <summary>The cosine of <paramref name="turns"/> whole turns.</summary>
    [RealTime]
    public static double Cosine(double turns) => Sine(turns + 0.25);

    /// <summary>2 to the power of <paramref name="exponent"/>; 0 below 2^-1000, and no more than 2^1000.</summary>
    [RealTime]
    public static double Exp2(double exponent)
    {
        if (!(exponent > -1000)) return 0;
        var whole = Math.Floor(Math.Min(exponent, 1000) + 0.5);
        var x = (Math.Min(exponent, 1000) - whole) * Ln2;
        var term = 1.0;
        var sum = 1.0;
        for (var n = 1; n <= 13; n++)
        {
            term *= x / n;
            sum += term;
        }

        return Math.ScaleB(sum, (int)whole);
    }

    /// <summary>The logarithm to base 2 of <paramref name="value"/>, which is finite and above 0.</summary>
    [RealTime]
    public static double Log2(double value)
    {
        var whole = Math.ILogB(value);
        var rest = Math.ScaleB(value, -whole);
        var s = (rest - 1) / (rest + 1);
        var square = s * s;
        var power = s;
        var sum = s;
        for (var n = 3; n <= 33; n += 2)
        {
            power *= square;
            sum += power / n;
        }

        return whole + 2 * sum / Ln2;
    }

    /// <summary>The factor that, applied <paramref name="frames"/> times, lowers a level by 60 dB; 0 when there is nothing to wait for.</summary>
    [RealTime]
    public static double DecayFactor(double frames) => frames <= 0 ? 0 : Exp2(-9.965784284662087 / frames);
}
