using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Follows JACK's 32-bit frame counter, which wraps after a day, in 64 bits, and remembers when the last period began. An xrun's gap is passed on as it is;
/// where the counter itself jumps, as PipeWire's does when another device drives the graph, the count goes on with the time that passed. The process
/// callback writes, anyone reads. One tracker for one opening of the client.
/// </summary>
/// <param name="rate">Frames a second.</param>
/// <param name="time">Tells the timestamps' frequency.</param>
internal sealed class FrameTracker(int rate, TimeProvider time)
{
    private readonly long _ticksPerSecond = time.TimestampFrequency;
    private int _rate = rate;
    private long _frame = -1;
    private long _length;
    private long _shift;
    private long _timestamp;
    private volatile bool _lost;

    /// <summary>First frame of the last period; -1 before the first. [any]</summary>
    public long Frame => Volatile.Read(ref _frame);

    /// <summary>The <see cref="TimeProvider"/>'s timestamp when it began. [any]</summary>
    public long Timestamp => Volatile.Read(ref _timestamp);

    /// <summary>Whether the server has gone. [any]</summary>
    public bool Lost => _lost;

    /// <summary>Frames a second. [libjack's thread writes]</summary>
    public int Rate
    {
        get => Volatile.Read(ref _rate);
        set => Volatile.Write(ref _rate, value);
    }

    /// <summary>Notes that the server has gone: sets a flag, nothing else. [libjack's thread]</summary>
    public void Lose() => _lost = true;

    /// <summary>Takes the counter at the start of a period of <paramref name="frames"/> frames and gives it in 64 bits. [player]</summary>
    [RealTime]
    public long Advance(uint counter, uint frames, long timestamp)
    {
        var frame = _frame < 0 ? counter : Extend(_frame, unchecked(counter + (uint)_shift));
        if (_frame >= 0)
        {
            var gap = frame - _frame - _length;
            var passed = (timestamp - _timestamp) * _rate / _ticksPerSecond;
            if (frame < _frame || gap > passed + _rate)
            {
                frame = _frame + Math.Max(_length, passed);
                Volatile.Write(ref _shift, frame - counter);
            }
        }

        _length = frames;
        Volatile.Write(ref _timestamp, timestamp);
        Volatile.Write(ref _frame, frame);
        return frame;
    }

    /// <summary>
    /// The server's estimate of the present counter in 64 bits; where it is more than a second away from what has passed since the last period, as between
    /// a jump and the period that shows it, what has passed. [any]
    /// </summary>
    public long Present(uint counter, long timestamp)
    {
        var frame = Frame;
        var expected = frame + (timestamp - Timestamp) * Rate / _ticksPerSecond;
        var estimate = Extend(frame, unchecked(counter + (uint)Volatile.Read(ref _shift)));
        return Math.Abs(estimate - expected) <= Rate ? estimate : expected;
    }

    /// <summary>What the server's counter shows, or would show, at <paramref name="frame"/>. [any]</summary>
    public uint ToCounter(long frame) => unchecked((uint)(frame - Volatile.Read(ref _shift)));

    /// <summary>The 64-bit count nearest to <paramref name="near"/> whose low half is <paramref name="frame"/>. [any]</summary>
    [RealTime]
    public static long Extend(long near, uint frame) => near + (int)(frame - (uint)near);
}
