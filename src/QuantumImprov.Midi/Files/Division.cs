using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// What a tick of a Standard MIDI File is: a part of a quarter note, or (SMPTE) a part of a film frame and so of a second. Clock time is turned into
/// musical time at 120 quarters a minute. <c>default</c> is 960 ticks a quarter.
/// </summary>
public readonly record struct Division
{
    private const ushort DefaultRaw = 960;

    // Clock time at 120 quarters a minute: two quarters a second.
    private const long BeatTicksPerSecond = 2 * Beats.PerQuarter;

    private readonly ushort _fromDefault;

    private Division(ushort raw) => _fromDefault = (ushort)(raw ^ DefaultRaw);

    /// <summary>The two bytes as they stand in the header.</summary>
    public ushort Raw => (ushort)(_fromDefault ^ DefaultRaw);

    /// <summary>Whether ticks are clock time.</summary>
    public bool IsSmpte => Raw >= 0x8000;

    /// <summary>Ticks in a quarter note, 1 to 32,767; 0 when ticks are clock time.</summary>
    public int TicksPerQuarter => IsSmpte ? 0 : Raw;

    /// <summary>SMPTE frames a second: 24, 25, 29 (which means 30 drop frame, 30000/1001 a second) or 30; 0 when ticks are musical time.</summary>
    public int FramesPerSecond => IsSmpte ? -(sbyte)(Raw >> 8) : 0;

    /// <summary>Ticks in a SMPTE frame, 1 to 255; 0 when ticks are musical time.</summary>
    public int TicksPerFrame => IsSmpte ? Raw & 0xFF : 0;

    /// <summary>The last tick a file of this division may reach: <see cref="MidiFile.LongestQuarters"/>.</summary>
    public long LongestTick => ToTick(Beats.Of(MidiFile.LongestQuarters));

    /// <summary>Ticks of musical time, <paramref name="ticks"/> (1 to 32,767) in a quarter note.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 1 to 32,767.</exception>
    public static Division PerQuarter(int ticks) => ticks is >= 1 and <= 0x7FFF
        ? new Division((ushort)ticks)
        : throw new ArgumentOutOfRangeException(nameof(ticks), $"The division is {ticks} ticks a quarter note; allowed is 1 to 32767.");

    /// <summary>Ticks of clock time: <paramref name="ticksPerFrame"/> (1 to 255) in a frame, of which there are 24, 25, 29 or 30 a second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number of frames or ticks.</exception>
    public static Division Smpte(int framesPerSecond, int ticksPerFrame) =>
        framesPerSecond is 24 or 25 or 29 or 30 && ticksPerFrame is >= 1 and <= 255
            ? new Division((ushort)((byte)-framesPerSecond << 8 | ticksPerFrame))
            : throw new ArgumentOutOfRangeException(nameof(framesPerSecond),
                $"The division is {framesPerSecond} frames a second of {ticksPerFrame} ticks; allowed are 24, 25, 29 or 30 of 1 to 255.");

    /// <summary>Reads the two bytes of a header; false when they mean nothing.</summary>
    public static bool TryRead(ushort raw, out Division division)
    {
        division = new Division(raw);
        return division.IsSmpte
            ? division.FramesPerSecond is 24 or 25 or 29 or 30 && division.TicksPerFrame > 0
            : raw > 0;
    }

    /// <summary>The musical time of <paramref name="tick"/>: exact when the ticks of a quarter divide 20160, otherwise the nearest, halves later.</summary>
    public Beats ToBeats(long tick)
    {
        var (ticks, beatTicks) = Ratio();
        return new Beats(RoundedProduct(tick, beatTicks, ticks));
    }

    /// <summary>The tick nearest to <paramref name="beats"/>, halves later; negative before the start.</summary>
    public long ToTick(Beats beats)
    {
        var (ticks, beatTicks) = Ratio();
        return RoundedProduct(beats.Ticks, ticks, beatTicks);
    }

    /// <summary>The division in words, for messages to people.</summary>
    public override string ToString() => IsSmpte
        ? $"{TicksPerFrame} ticks a frame, {FramesPerSecond} frames a second"
        : $"{TicksPerQuarter} ticks a quarter note";

    // So many ticks of the file last as long as so many ticks of Beats.
    private (long Ticks, long BeatTicks) Ratio() => FramesPerSecond switch
    {
        0 => (TicksPerQuarter, Beats.PerQuarter),
        29 => (30_000L * TicksPerFrame, BeatTicksPerSecond * 1001),
        var frames => ((long)frames * TicksPerFrame, BeatTicksPerSecond),
    };

    private static long RoundedProduct(long value, long times, long by)
    {
        var twice = (Int128)value * times * 2 + by;
        var (quotient, remainder) = Int128.DivRem(twice, 2 * (Int128)by);
        return (long)(remainder < 0 ? quotient - 1 : quotient);
    }
}
