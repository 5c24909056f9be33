namespace QuantumImprov.Midi.Pacing;

/// <summary>What every system can do: whole milliseconds, give or take one.</summary>
internal sealed class PlainAlarm : IAlarm
{
    public bool TryRaise() => false;

    public void Sleep(long nanoseconds)
    {
        if (nanoseconds > 0) Thread.Sleep((int)Math.Max(1, nanoseconds / 1_000_000));
    }

    public void Dispose()
    {
    }
}
