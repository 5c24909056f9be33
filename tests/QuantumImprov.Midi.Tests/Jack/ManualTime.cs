namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>Time that passes only when told.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _timestamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _timestamp);

    public void Advance(TimeSpan length) => Interlocked.Add(ref _timestamp, length.Ticks);
}
