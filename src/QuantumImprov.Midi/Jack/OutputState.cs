using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Jack;

/// <summary>What <see cref="MidiOutput"/> counts, and the message it has taken from those that wait and not yet written.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OutputState
{
    public long Written, Delayed;
    public int HasNext;
    public ShortMessage Next;
}
