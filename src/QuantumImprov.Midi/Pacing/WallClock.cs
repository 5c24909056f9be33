using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Pacing;

/// <summary>The session's clock where no JACK server counts frames: the system's monotonic counter, from zero at the start. [any]</summary>
public sealed class WallClock(TimeProvider time) : IHostClock
{
    private readonly long _start = time.GetTimestamp();

    /// <inheritdoc/>
    public HostTime Now => new((long)((Int128)(time.GetTimestamp() - _start) * 1_000_000_000 / time.TimestampFrequency));
}
