using System.Runtime.InteropServices;

namespace QuantumImprov.Engine.Playing;

/// <summary>The player's counters. <c>Epoch</c> and what is <c>Asked</c> are written by those who ask, the rest by the player's thread alone.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PlayerState
{
    public int PendingCount, SoundingCount;
    public int Epoch, TurnEpoch;
    public int PanicAsked, PanicDone;
    public int RepeatAsked, RepeatDone;
    public int ReleaseAsked, ReleaseDone;
    public int EndingCount;

    /// <summary>The channels on which a pedal that passed through is down, bit by bit.</summary>
    public int Pedals;
    public long Late, Refused;
}
