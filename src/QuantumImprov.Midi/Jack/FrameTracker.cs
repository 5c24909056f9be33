using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Follows JACK's 32-bit frame counter, which wraps after a day, in 64 bits, and remembers when the last period began. An xrun's gap is passed on as it is;
/// where the counter itself jumps, as PipeWire's does when another device drives the graph, the count goes on with the time that passed. The process
/// callback writes, anyone reads. One tracker for one opening of the client. The native callback has a twin of it that works on the same memory.
/// </summary>
internal sealed class FrameTracker
{
    private readonly Pinned<TrackerState> _state = new();

    /// <summary>A tracker before the first period.</summary>
    /// <param name="rate">Frames a second.</param>
    /// <param name="time">Whose timestamps the callback takes.</param>
    public FrameTracker(int rate, TimeProvider time)
    {
        Time = time;
        State = new TrackerState { Rate = rate, Frame = -1, TicksPerSecond = time.TimestampFrequency };
    }

    /// <summary>Whose timestamps the callback takes.</summary>
    public TimeProvider Time { get; }

    /// <summary>First frame of the last period; -1 before the first. [any]</summary>
    public long Frame => Volatile.Read(ref State.Frame);

    /// <summary>The timestamp when it began. [any]</summary>
    public long Timestamp => Volatile.Read(ref State.Timestamp);

    /// <summary>Whether the server has gone. [any]</summary>
    public bool Lost => Volatile.Read(ref State.Lost) != 0;

    /// <summary>Frames a second. [libjack's thread writes]</summary>
    public int Rate
    {
        get => (int)Volatile.Read(ref State.Rate);
        set => Volatile.Write(ref State.Rate, value);
    }

    /// <summary>Where the count lies.</summary>
    public nint Address => _state.Address;

    [RealTime]
    private ref TrackerState State => ref _state.Value;

    /// <summary>Notes that the server has gone: sets a flag, nothing else. [libjack's thread]</summary>
    public void Lose() => Volatile.Write(ref State.Lost, 1);

    /// <summary>Takes the counter at the start of a period of <paramref name="frames"/> frames and gives it in 64 bits. [player]</summary>
    [RealTime]
    public long Advance(uint counter, uint frames, long timestamp)
    {
        ref var state = ref State;
        var last = state.Frame;
        var frame = last < 0 ? counter : Extend(last, unchecked(counter + (uint)state.Shift));
        if (last >= 0)
        {
            var gap = frame - last - state.Length;
            var passed = (timestamp - state.Timestamp) * state.Rate / state.TicksPerSecond;
            if (frame < last || gap > passed + state.Rate)
            {
                frame = last + Math.Max(state.Length, passed);
                Volatile.Write(ref state.Shift, frame - counter);
            }
        }

        state.Length = frames;
        Volatile.Write(ref state.Timestamp, timestamp);
        Volatile.Write(ref state.Frame, frame);
        return frame;
    }

    /// <summary>
    /// The server's estimate of the present counter in 64 bits; where it is more than a second away from what has passed since the last period, as between
    /// a jump and the period that shows it, what has passed. [any]
    /// </summary>
    public long Present(uint counter, long timestamp)
    {
        var frame = Frame;
        var expected = frame + (timestamp - Timestamp) * Rate / State.TicksPerSecond;
        var estimate = Extend(frame, unchecked(counter + (uint)Volatile.Read(ref State.Shift)));
        return Math.Abs(estimate - expected) <= Rate ? estimate : expected;
    }

    /// <summary>What the server's counter shows, or would show, at <paramref name="frame"/>. [any]</summary>
    public uint ToCounter(long frame) => unchecked((uint)(frame - Volatile.Read(ref State.Shift)));

    /// <summary>The 64-bit count nearest to <paramref name="near"/> whose low half is <paramref name="frame"/>. [any]</summary>
    [RealTime]
    public static long Extend(long near, uint frame) => near + (int)(frame - (uint)near);
}
