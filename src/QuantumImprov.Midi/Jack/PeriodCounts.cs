using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>What the process callback counts. It alone writes; anyone reads.</summary>
internal sealed class PeriodCounts
{
    private long _periods;
    private long _longest;
    private long _allocated;
    private long _faults;
    private long _missedTurns;
    private long _lostInput;

    public long Periods => Volatile.Read(ref _periods);

    /// <summary>The longest period's work, in the time provider's ticks.</summary>
    public long Longest => Volatile.Read(ref _longest);

    public long Allocated => Volatile.Read(ref _allocated);

    public long Faults => Volatile.Read(ref _faults);

    public long MissedTurns => Volatile.Read(ref _missedTurns);

    public long LostInput => Volatile.Read(ref _lostInput);

    [RealTime]
    public void AddPeriod(long duration, long allocated)
    {
        if (duration > _longest) Volatile.Write(ref _longest, duration);
        if (allocated != 0) Volatile.Write(ref _allocated, _allocated + allocated);
        Volatile.Write(ref _periods, _periods + 1);
    }

    [RealTime]
    public void AddFault() => Volatile.Write(ref _faults, _faults + 1);

    [RealTime]
    public void AddMissedTurn() => Volatile.Write(ref _missedTurns, _missedTurns + 1);

    [RealTime]
    public void AddLostInput(uint events) => Volatile.Write(ref _lostInput, _lostInput + events);
}
