namespace QuantumImprov.Midi.Pacing;

/// <summary>Wakes one thread after a length of time, as exactly as the system can. Made and used by that thread alone, but for its disposal.</summary>
public interface IAlarm : IDisposable
{
    /// <summary>Asks the system to let nothing ordinary come before the calling thread; false when it refuses. [player]</summary>
    bool TryRaise();

    /// <summary>Returns some <paramref name="nanoseconds"/> later, rather late than early; at once for 0 or less. [player]</summary>
    void Sleep(long nanoseconds);
}
