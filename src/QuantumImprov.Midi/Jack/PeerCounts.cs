using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>Notes of a <see cref="MeasurePeer"/>: how many are to be sent, were sent, came, found no room.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PeerCounts
{
    public int Planned, Sent, Came, Refused;
}
