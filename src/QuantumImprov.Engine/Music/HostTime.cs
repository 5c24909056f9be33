namespace QuantumImprov.Engine.Music;

/// <summary>
/// An instant on the session's clock: nanoseconds, monotonic, of unspecified origin (under JACK it is the frame counter turned into nanoseconds, in a
/// file it starts at the first tick). Only differences mean anything; they are <see cref="TimeSpan"/>-like lengths in nanoseconds.
/// </summary>
/// <param name="Nanoseconds">Nanoseconds since the clock's origin.</param>
public readonly record struct HostTime(long Nanoseconds) : IComparable<HostTime>
{
    /// <summary>An instant that never comes.</summary>
    public static HostTime Never => new(long.MaxValue);

    /// <summary>This instant moved by <paramref name="nanoseconds"/>.</summary>
    public HostTime Plus(long nanoseconds) => new(Nanoseconds + nanoseconds);

    /// <summary>This instant moved by <paramref name="seconds"/>.</summary>
    public HostTime PlusSeconds(double seconds) => new(Nanoseconds + (long)Math.Round(seconds * 1e9));

    /// <summary>Nanoseconds from <paramref name="earlier"/> to this instant.</summary>
    public long Since(HostTime earlier) => Nanoseconds - earlier.Nanoseconds;

    /// <summary>Seconds from <paramref name="earlier"/> to this instant.</summary>
    public double SecondsSince(HostTime earlier) => (Nanoseconds - earlier.Nanoseconds) * 1e-9;

    /// <inheritdoc/>
    public int CompareTo(HostTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Whether <paramref name="a"/> is earlier.</summary>
    public static bool operator <(HostTime a, HostTime b) => a.Nanoseconds < b.Nanoseconds;

    /// <summary>Whether <paramref name="a"/> is later.</summary>
    public static bool operator >(HostTime a, HostTime b) => a.Nanoseconds > b.Nanoseconds;

    /// <summary>Whether <paramref name="a"/> is not later than <paramref name="b"/>.</summary>
    public static bool operator <=(HostTime a, HostTime b) => a.Nanoseconds <= b.Nanoseconds;

    /// <summary>Whether <paramref name="a"/> is not earlier than <paramref name="b"/>.</summary>
    public static bool operator >=(HostTime a, HostTime b) => a.Nanoseconds >= b.Nanoseconds;

    /// <summary>The earlier of two instants.</summary>
    public static HostTime Min(HostTime a, HostTime b) => a < b ? a : b;

    /// <summary>The later of two instants.</summary>
    public static HostTime Max(HostTime a, HostTime b) => a > b ? a : b;
}
