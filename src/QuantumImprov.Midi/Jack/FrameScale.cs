using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// The bridge between JACK's frames, counted in 64 bits, and <see cref="HostTime"/>: at <paramref name="OriginFrame"/> it is <paramref name="Origin"/>.
/// Rounds to the nearest on both ways, so that frame, instant, frame gives the same frame at every rate below half a gigahertz. Exact over any length.
/// </summary>
/// <param name="Rate">Frames a second.</param>
/// <param name="OriginFrame">A frame.</param>
/// <param name="Origin">Its instant.</param>
internal sealed record FrameScale([property: RealTime] int Rate, [property: RealTime] long OriginFrame, [property: RealTime] HostTime Origin)
{
    private const long Second = 1_000_000_000;

    /// <summary>The instant of <paramref name="frame"/>, to the nearest nanosecond. [any]</summary>
    [RealTime]
    public HostTime ToHost(long frame)
    {
        var rest = FloorDivide(frame - OriginFrame, Rate, out var seconds);
        return Origin.Plus(seconds * Second + (rest * Second + Rate / 2) / Rate);
    }

    /// <summary>The frame nearest to <paramref name="at"/>. [any]</summary>
    [RealTime]
    public long ToFrame(HostTime at)
    {
        var rest = FloorDivide(at.Since(Origin), Second, out var seconds);
        return OriginFrame + seconds * Rate + (rest * Rate + Second / 2) / Second;
    }

    [RealTime]
    private static long FloorDivide(long a, long b, out long quotient)
    {
        quotient = a / b;
        var rest = a - quotient * b;
        if (rest >= 0) return rest;
        quotient--;
        return rest + b;
    }
}
