namespace QuantumImprov.Qpu.Rehearsing;

/// <summary>The upper tail of the chi-square law: the regularised incomplete gamma function Q(k/2, x/2), by its series below and its continued fraction above. Pure.</summary>
internal static class ChiSquareTail
{
    /// <summary>The probability of at least <paramref name="statistic"/> on <paramref name="freedom"/> degrees of freedom.</summary>
    internal static double Of(double statistic, int freedom)
    {
        var (a, x) = (freedom / 2.0, statistic / 2);
        if (!(x > 0)) return 1;
        var front = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (var n = 1; n < 1000 && term > sum * 1e-15; n++) sum += term *= x / (a + n);
            return Math.Clamp(1 - (front * sum), 0, 1);
        }

        // Lentz.
        const double Tiny = 1e-300;
        double b = x + 1 - a, c = 1 / Tiny, d = 1 / b, h = d;
        for (var n = 1; n < 1000; n++)
        {
            var an = -n * (n - a);
            b += 2;
            d = 1 / NotZero((an * d) + b);
            c = NotZero(b + (an / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15) break;
        }

        return Math.Clamp(front * h, 0, 1);

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    // Half-integers only: from Gamma(1/2) or Gamma(1) upwards.
    private static double LogGamma(double a)
    {
        var log = a % 1 == 0 ? 0 : Math.Log(Math.PI) / 2;
        for (var at = a % 1 == 0 ? 1.0 : .5; at < a; at++) log += Math.Log(at);
        return log;
    }
}
