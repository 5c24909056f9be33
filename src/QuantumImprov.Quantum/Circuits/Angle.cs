using System.Globalization;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>Numbers in pictures: simple fractions of pi as such, anything else in digits.</summary>
internal static class Angle
{
    private static readonly int[] Denominators = [1, 2, 3, 4, 6, 8, 16];

    internal static string Write(double x, bool exact)
    {
        if (x != 0)
        {
            foreach (var d in Denominators)
            {
                for (var n = 1; n < 2 * d; n++)
                {
                    // Only the very number that reading "nπ/d" gives back.
                    if (Math.Abs(x) == n * Math.PI / d) return (x < 0 ? "-" : "") + (n == 1 ? "" : n) + "π" + (d == 1 ? "" : "/" + d);
                }
            }
        }

        return x.ToString(exact ? "R" : "0.####", CultureInfo.InvariantCulture);
    }

    internal static bool TryRead(ReadOnlySpan<char> text, out double x)
    {
        text = text.Trim();
        var pi = text.IndexOf('π');
        if (pi < 0) return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out x) && double.IsFinite(x);
        x = 0;
        var front = text[..pi];
        var sign = 1;
        if (front.StartsWith("-"))
        {
            sign = -1;
            front = front[1..];
        }

        var (n, d) = (1, 1);
        if (front.Length > 0 && !int.TryParse(front, NumberStyles.None, CultureInfo.InvariantCulture, out n)) return false;
        var back = text[(pi + 1)..];
        if (back.Length > 0 && (back[0] != '/' || !int.TryParse(back[1..], NumberStyles.None, CultureInfo.InvariantCulture, out d) || d == 0)) return false;
        x = sign * (n * Math.PI / d);
        return true;
    }
}
