namespace QuantumImprov.Engine.Music;

/// <summary>
/// Speed in quarter notes a minute, held as nanoseconds a quarter so that tempos of Standard MIDI Files are exact. 20 to 400 quarters a minute when made by
/// <see cref="FromBpm"/>. <c>default</c> is 120.
/// </summary>
public readonly record struct Tempo
{
    private const long DefaultNanoseconds = 500_000_000;
    private readonly long _beyondDefault;

    private Tempo(long nanosecondsPerQuarter) => _beyondDefault = nanosecondsPerQuarter - DefaultNanoseconds;

    /// <summary>The slowest and fastest tempo that can be asked for, in quarters a minute.</summary>
    public const double Slowest = 20, Fastest = 400;

    /// <summary>Nanoseconds a quarter note lasts; positive.</summary>
    public long NanosecondsPerQuarter => DefaultNanoseconds + _beyondDefault;

    /// <summary>Quarter notes a minute.</summary>
    public double BeatsPerMinute => 60e9 / NanosecondsPerQuarter;

    /// <summary>The tempo of <paramref name="bpm"/> quarters a minute.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 20 to 400, or not a number.</exception>
    public static Tempo FromBpm(double bpm) => bpm is >= Slowest and <= Fastest
        ? new Tempo((long)Math.Round(60e9 / bpm))
        : throw new ArgumentOutOfRangeException(nameof(bpm), bpm, $"The tempo is {bpm}; allowed is {Slowest} to {Fastest} quarter notes a minute.");

    /// <summary>The tempo of a file's set-tempo event: <paramref name="microseconds"/> a quarter, 1 to 16,777,215; 0, which some files hold, is read as 1.</summary>
    public static Tempo FromMicrosecondsPerQuarter(int microseconds) => new(Math.Max(1L, microseconds) * 1000);
}
