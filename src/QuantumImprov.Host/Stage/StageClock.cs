using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// The session's clock as the pages know it: milliseconds since the stage started, small enough to be exact in a JSON number. [any]
/// </summary>
internal sealed class StageClock(IHostClock clock)
{
    /// <summary>The oldest stamp a page may give, in nanoseconds; older ones are moved up to it. A page that paints or loads can be stuck for a second.</summary>
    public const long OldestStamp = 2_000_000_000;

    private readonly HostTime _start = clock.Now;

    public HostTime Now => clock.Now;

    /// <summary>Milliseconds since the start, to the microsecond.</summary>
    public double ToMilliseconds(HostTime time) => Math.Round(time.Since(_start) * 1e-6, 3);

    /// <summary>The instant a page means by <paramref name="milliseconds"/>, moved into the two seconds before now.</summary>
    public HostTime FromPage(double milliseconds)
    {
        var now = clock.Now;
        var ago = now.Since(_start) - milliseconds * 1e6;
        return now.Plus(-(long)Math.Clamp(ago, 0, OldestStamp));
    }
}
