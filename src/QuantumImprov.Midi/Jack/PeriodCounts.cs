using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// What the process callback counts. It alone writes, but for xruns, which are told elsewhere, and for allocations and faults where a thread of its own renders;
/// anyone reads.
/// </summary>
internal sealed class PeriodCounts
{
    private readonly Pinned<CountsState> _state = new();

    public long Periods => Volatile.Read(ref State.Periods);

    /// <summary>The longest period's work, in ticks of the callback's clock.</summary>
    public long Longest => Volatile.Read(ref State.Longest);

    public long Allocated => Volatile.Read(ref State.Allocated);

    public long Faults => Volatile.Read(ref State.Faults);

    public long MissedTurns => Volatile.Read(ref State.MissedTurns);

    public long LostInput => Volatile.Read(ref State.LostInput);

    public long Xruns => Volatile.Read(ref State.Xruns);

    /// <summary>When the last xrun was told.</summary>
    public HostTime LastXrun => new(Volatile.Read(ref State.LastXrun));

    /// <summary>Where the numbers lie.</summary>
    public nint Address => _state.Address;

    [RealTime]
    private ref CountsState State => ref _state.Value;

    [RealTime]
    public void AddPeriod(long duration, long allocated)
    {
        if (duration > State.Longest) Volatile.Write(ref State.Longest, duration);
        if (allocated != 0) AddAllocated(allocated);
        Volatile.Write(ref State.Periods, State.Periods + 1);
    }

    [RealTime]
    public void AddAllocated(long bytes) => Volatile.Write(ref State.Allocated, State.Allocated + bytes);

    [RealTime]
    public void AddFault() => Volatile.Write(ref State.Faults, State.Faults + 1);

    [RealTime]
    public void AddMissedTurn() => Volatile.Write(ref State.MissedTurns, State.MissedTurns + 1);

    [RealTime]
    public void AddLostInput(uint events) => Volatile.Write(ref State.LostInput, State.LostInput + events);

    public void AddXrun(HostTime at)
    {
        Volatile.Write(ref State.LastXrun, at.Nanoseconds);
        Interlocked.Increment(ref State.Xruns);
    }
}
