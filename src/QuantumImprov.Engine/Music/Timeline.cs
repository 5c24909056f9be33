namespace QuantumImprov.Engine.Music;

/// <summary>
/// The only bridge between musical time and clock time: at <see cref="TimeOrigin"/> it is <see cref="BeatOrigin"/>, and from there beats pass at
/// <see cref="Tempo"/>; bars of <see cref="Metre"/> are counted from <see cref="BarOrigin"/>. A tempo change makes a new timeline whose origins are the change.
/// </summary>
/// <param name="Tempo">How fast beats pass.</param>
/// <param name="Metre">How beats group into bars.</param>
/// <param name="BeatOrigin">The musical time at <paramref name="TimeOrigin"/>.</param>
/// <param name="TimeOrigin">The instant of <paramref name="BeatOrigin"/>.</param>
/// <param name="BarOrigin">A bar line; zero when the performance starts on one.</param>
public readonly record struct Timeline(Tempo Tempo, Metre Metre, Beats BeatOrigin, HostTime TimeOrigin, Beats BarOrigin = default)
{
    /// <summary>The instant of <paramref name="beats"/>, to the nearest nanosecond.</summary>
    public HostTime ToHost(Beats beats) =>
        TimeOrigin.Plus((long)RoundedDivide((Int128)(beats - BeatOrigin).Ticks * Tempo.NanosecondsPerQuarter, Beats.PerQuarter));

    /// <summary>The musical time of <paramref name="time"/>, to the nearest tick; the inverse of <see cref="ToHost"/>.</summary>
    public Beats ToBeats(HostTime time) =>
        BeatOrigin + new Beats((long)RoundedDivide((Int128)time.Since(TimeOrigin) * Beats.PerQuarter, Tempo.NanosecondsPerQuarter));

    /// <summary>The same music from <paramref name="at"/> on with another tempo.</summary>
    public Timeline WithTempo(Tempo tempo, HostTime at) => this with { Tempo = tempo, BeatOrigin = ToBeats(at), TimeOrigin = at };

    /// <summary>How far <paramref name="beats"/> lies behind its bar line; from zero to just under a bar.</summary>
    public Beats InBar(Beats beats) => (beats - BarOrigin).Modulo(Metre.Bar);

    /// <summary>The first felt beat that is not before <paramref name="beats"/>.</summary>
    public Beats NextBeat(Beats beats) => BarOrigin + (beats - BarOrigin).Ceiling(Metre.Beat);

    /// <summary>The first felt beat that is not before <paramref name="beats"/> and is a bar line, or the half of a bar that has one.</summary>
    public Beats NextStrongBeat(Beats beats)
    {
        var beat = NextBeat(beats);
        while (Strength(beat) == 0) beat += Metre.Beat;
        return beat;
    }

    /// <summary>How strong a felt beat at <paramref name="beats"/> is: 2 on the bar line, 1 on the half of a bar that has one, else 0.</summary>
    public int Strength(Beats beats)
    {
        var inBar = InBar(beats);
        return inBar == Beats.Zero ? 2 : inBar.Ticks * 2 == Metre.Bar.Ticks ? 1 : 0;
    }

    private static Int128 RoundedDivide(Int128 a, long b)
    {
        var (quotient, remainder) = Int128.DivRem(a, b);
        if (remainder < 0) (quotient, remainder) = (quotient - 1, remainder + b);
        return remainder * 2 >= b ? quotient + 1 : quotient;
    }
}
