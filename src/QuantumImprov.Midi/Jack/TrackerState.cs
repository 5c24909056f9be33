using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>What <see cref="FrameTracker"/> counts: frames, and timestamps of <c>TicksPerSecond</c> ticks. <c>Shift</c> is what was added to the server's counter where it jumped.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrackerState
{
    public long Rate, Frame, Length, Shift, Timestamp, TicksPerSecond;
    public int Lost, Unused;
}
