namespace QuantumImprov.Engine.Music;

/// <summary>A time signature: <see cref="Numerator"/> (1 to 32) over <see cref="Denominator"/> (1, 2, 4, 8, 16, 32). <c>default</c> is 4/4.</summary>
public readonly record struct Metre
{
    private readonly int _numeratorBeyond4, _denominatorBeyond4;

    private Metre(int numerator, int denominator) => (_numeratorBeyond4, _denominatorBeyond4) = (numerator - 4, denominator - 4);

    /// <summary>Units in a bar.</summary>
    public int Numerator => 4 + _numeratorBeyond4;

    /// <summary>The unit, as a fraction of a whole note: 4 = quarters, 8 = eighths.</summary>
    public int Denominator => 4 + _denominatorBeyond4;

    /// <summary>The length of a bar.</summary>
    public Beats Bar => new(Beats.PerQuarter * 4 * Numerator / Denominator);

    /// <summary>The felt beat: a dotted quarter in 6/8, 9/8 and 12/8, otherwise the unit of the signature.</summary>
    public Beats Beat => new(Beats.PerQuarter * 4 / Denominator * (IsDotted ? 3 : 1));

    /// <summary>What a felt beat divides into: thirds of a dotted one, halves otherwise.</summary>
    public Beats Division => new(Beat.Ticks / (IsDotted ? 3 : 2));

    /// <summary>Whether a signature of these numbers is allowed.</summary>
    public static bool IsAllowed(int numerator, int denominator) => numerator is >= 1 and <= 32 && denominator is 1 or 2 or 4 or 8 or 16 or 32;

    /// <summary>The signature <paramref name="numerator"/>/<paramref name="denominator"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not an allowed signature.</exception>
    public static Metre Of(int numerator, int denominator) => IsAllowed(numerator, denominator)
        ? new Metre(numerator, denominator)
        : throw new ArgumentOutOfRangeException(nameof(numerator), $"The metre is {numerator}/{denominator}; allowed is 1 to 32 over 1, 2, 4, 8, 16 or 32.");

    private bool IsDotted => Denominator >= 8 && Numerator > 3 && Numerator % 3 == 0;

    /// <summary>The signature as it is written, such as 6/8.</summary>
    public override string ToString() => $"{Numerator}/{Denominator}";
}
