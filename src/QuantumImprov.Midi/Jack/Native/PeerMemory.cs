using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>All that the measuring peer's native callback works on: <c>qi_peer</c> of peer.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PeerMemory
{
    public LibJackMemory Jack;
    public nint Client, In, Out;
    public nint Counts;
    public nint SendAt, Send, CameAt, Came;
    public long Room;
}
