using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>Who sits in <see cref="PlayerSeat"/>, and up to which instant the player has played.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SeatState
{
    public const int Free = 0, Managed = 1, Native = 2;

    public int Taken, Unused;
    public long Until;
}
