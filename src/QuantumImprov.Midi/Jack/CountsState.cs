using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>The numbers of <see cref="PeriodCounts"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CountsState
{
    public long Periods, Longest, Allocated, Faults, MissedTurns, LostInput, Xruns, LastXrun;
}
