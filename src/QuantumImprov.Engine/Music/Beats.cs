namespace QuantumImprov.Engine.Music;

/// <summary>
/// Musical time or length in quarter notes, exact: an integer count of 1/20160 of a quarter. 20160 = 2^6 · 3^2 · 5 · 7 holds 24 PPQ, 960 PPQ's
/// common divisors, 64ths, and divisions by 2, 3, 5, 7 and 9 without rounding. <c>default</c> is zero, the start of the performance.
/// </summary>
/// <param name="Ticks">Count of 1/20160 quarter notes; may be negative.</param>
public readonly record struct Beats(long Ticks) : IComparable<Beats>
{
    /// <summary>Ticks in one quarter note.</summary>
    public const long PerQuarter = 20160;

    /// <summary>The start of the performance, or no length.</summary>
    public static Beats Zero => default;

    /// <summary>One quarter note.</summary>
    public static Beats Quarter => new(PerQuarter);

    /// <summary><paramref name="numerator"/>/<paramref name="denominator"/> of a quarter note, rounded to the nearest tick.</summary>
    public static Beats Of(long numerator, long denominator = 1) =>
        new((long)Math.Round((decimal)numerator * PerQuarter / denominator, MidpointRounding.AwayFromZero));

    /// <summary>The nearest tick to <paramref name="quarters"/> quarter notes.</summary>
    public static Beats FromQuarters(double quarters) => new((long)Math.Round(quarters * PerQuarter));

    /// <summary>The length in quarter notes as a floating-point number, for weighing and for display.</summary>
    public double Quarters => (double)Ticks / PerQuarter;

    /// <summary>The latest multiple of <paramref name="step"/> (positive) that is not after this time.</summary>
    public Beats Floor(Beats step) => new(FloorDivide(Ticks, step.Ticks) * step.Ticks);

    /// <summary>The earliest multiple of <paramref name="step"/> (positive) that is not before this time.</summary>
    public Beats Ceiling(Beats step) => new(-FloorDivide(-Ticks, step.Ticks) * step.Ticks);

    /// <summary>The nearest multiple of <paramref name="step"/> (positive); halves go up.</summary>
    public Beats Round(Beats step) => new Beats(Ticks + step.Ticks / 2).Floor(step);

    /// <summary>What remains after the last multiple of <paramref name="step"/> (positive); never negative.</summary>
    public Beats Modulo(Beats step) => this - Floor(step);

    /// <inheritdoc/>
    public int CompareTo(Beats other) => Ticks.CompareTo(other.Ticks);

    /// <summary>The sum of a time and a length, or of two lengths.</summary>
    public static Beats operator +(Beats a, Beats b) => new(a.Ticks + b.Ticks);

    /// <summary>The length from <paramref name="b"/> to <paramref name="a"/>.</summary>
    public static Beats operator -(Beats a, Beats b) => new(a.Ticks - b.Ticks);

    /// <summary>A length repeated <paramref name="times"/> times.</summary>
    public static Beats operator *(Beats a, long times) => new(a.Ticks * times);

    /// <summary>Whether <paramref name="a"/> is earlier or shorter.</summary>
    public static bool operator <(Beats a, Beats b) => a.Ticks < b.Ticks;

    /// <summary>Whether <paramref name="a"/> is later or longer.</summary>
    public static bool operator >(Beats a, Beats b) => a.Ticks > b.Ticks;

    /// <summary>Whether <paramref name="a"/> is not later than <paramref name="b"/>.</summary>
    public static bool operator <=(Beats a, Beats b) => a.Ticks <= b.Ticks;

    /// <summary>Whether <paramref name="a"/> is not earlier than <paramref name="b"/>.</summary>
    public static bool operator >=(Beats a, Beats b) => a.Ticks >= b.Ticks;

    /// <summary>The earlier of two times, or the shorter of two lengths.</summary>
    public static Beats Min(Beats a, Beats b) => a < b ? a : b;

    /// <summary>The later of two times, or the longer of two lengths.</summary>
    public static Beats Max(Beats a, Beats b) => a > b ? a : b;

    private static long FloorDivide(long a, long b) => a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}
