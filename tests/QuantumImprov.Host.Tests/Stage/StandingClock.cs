namespace QuantumImprov.Host.Tests.Stage;

/// <summary>A clock that moves only when told to.</summary>
internal sealed class StandingClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
