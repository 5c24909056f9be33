namespace QuantumImprov.Storage.Tests.Support;

/// <summary>Time that passes when a test says so; it starts on a winter evening.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks;

    internal DateTimeOffset Start { get; init; } = new(2026, 1, 31, 20, 15, 7, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(GetTimestamp());

    internal void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
