using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>The transport's position as <c>jack_transport_query</c> writes it: packed, with room for what later versions add behind.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 256)]
internal struct JackPosition
{
    /// <summary>Of <see cref="Valid"/>: somebody counts bars and beats.</summary>
    public const int HasBars = 0x10;

    /// <summary>Of <see cref="Valid"/>: bars and beats are those of <see cref="BarsOffset"/> frames earlier.</summary>
    public const int HasBarsOffset = 0x40;

    public ulong Unique1, Microseconds;
    public uint FrameRate, Frame;
    public int Valid, Bar, Beat, Tick;
    public double BarStartTick;
    public float BeatsPerBar, BeatType;
    public double TicksPerBeat, BeatsPerMinute, FrameTime, NextTime;
    public uint BarsOffset;
}
