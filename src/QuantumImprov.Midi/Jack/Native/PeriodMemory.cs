using System.Runtime.InteropServices;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>All that the native callback works on: <c>qi_parts</c> of period.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PeriodMemory
{
    public LibJackMemory Jack;
    public nint Client, In, Out, Left, Right;
    public nint Tracker, Scales, Counts, Decoder, Output, Seat, Audio;
    public nint SoundLeft, SoundRight;
    public long SoundFrames;
    public nint Wake, Begun, Render;
    public RingMemory Input, Waiting, Feed;
    public PlayerMemory Player;
}
