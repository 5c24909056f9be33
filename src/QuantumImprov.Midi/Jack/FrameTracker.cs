using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Follows JACK's 32-bit frame counter, which wraps after a day, in 64 bits, and remembers when the last period began. The process callback writes, anyone
/// reads. One tracker for one opening of the client.
/// </summary>
internal sealed class FrameTracker
{
    private long _frame = -1;
    private long _timestamp;
    private volatile bool _lost;

    /// <summary>First frame of the last period; -1 before the first. [any]</summary>
    public long Frame => Volatile.Read(ref _frame);

    /// <summary>The <see cref="TimeProvider"/>'s timestamp when it began. [any]</summary>
    public long Timestamp => Volatile.Read(ref _timestamp);

    /// <summary>Whether the server has gone. [any]</summary>
    public bool Lost => _lost;

    /// <summary>Notes that the server has gone: sets a flag, nothing else. [libjack's thread]</summary>
    public void Lose() => _lost = true;

    /// <summary>Takes the first frame of a new period and gives it in 64 bits. [player]</summary>
    [RealTime]
    public long Advance(uint frame, long timestamp)
    {
        var extended = _frame < 0 ? frame : Extend(_frame, frame);
        Volatile.Write(ref _timestamp, timestamp);
        Volatile.Write(ref _frame, extended);
        return extended;
    }

    /// <summary>The 64-bit count nearest to <paramref name="near"/> whose low half is <paramref name="frame"/>. [any]</summary>
    [RealTime]
    public static long Extend(long near, uint frame) => near + (int)(frame - (uint)near);
}
