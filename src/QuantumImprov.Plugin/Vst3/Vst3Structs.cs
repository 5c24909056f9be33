using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Vst3;

// From the VST 3 interface description. Text is UTF-16 in fields of 128 characters, or ASCII in smaller ones; the layout is the default sequential one.

/// <summary>A face of an object: a table of functions, and whose face it is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3Face
{
    internal void** Table;
    internal Vst3Object* Owner;
}

/// <summary>Any object of the host.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3Unknown
{
    internal void** Table;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3FactoryInfo
{
    internal fixed byte Vendor[64];
    internal fixed byte Url[256];
    internal fixed byte Email[128];
    internal int Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3ClassInfo
{
    internal fixed byte Id[16];
    internal int Cardinality;
    internal fixed byte Category[32];
    internal fixed byte Name[64];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3ClassInfo2
{
    internal Vst3ClassInfo First;
    internal uint Flags;
    internal fixed byte SubCategories[128];
    internal fixed byte Vendor[64];
    internal fixed byte Version[64];
    internal fixed byte SdkVersion[64];
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3BusInfo
{
    internal int Media, Direction, Channels;
    internal fixed char Name[128];
    internal int Kind;
    internal uint Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal struct Vst3Setup
{
    internal int Mode, SampleSize, MostFrames;
    internal double Rate;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3AudioBus
{
    internal int Channels;
    internal ulong Silence;
    internal float** Samples;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3Block
{
    internal int Mode, SampleSize, Frames, InCount, OutCount;
    internal Vst3AudioBus* AudioIn, AudioOut;
    internal Vst3Unknown* ParametersIn, ParametersOut, EventsIn, EventsOut;
    internal Vst3Context* Context;
}

/// <summary>The host's song.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Vst3Context
{
    internal uint State;
    internal double Rate;
    internal long ProjectSamples, SystemTime, ContinuousSamples;
    internal double Quarters, BarStart, CycleStart, CycleEnd, Tempo;
    internal int Numerator, Denominator;
    internal uint Chord;
    internal int SmpteOffset;
    internal uint FramesPerSecond, FrameFlags;
    internal int SamplesToClock;
}

/// <summary>An event; what follows the head depends on the type.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct Vst3Event
{
    [FieldOffset(0)] internal int Bus;
    [FieldOffset(4)] internal int Offset;
    [FieldOffset(8)] internal double Quarters;
    [FieldOffset(16)] internal ushort Flags;
    [FieldOffset(18)] internal ushort Type;
    [FieldOffset(24)] internal short Channel;
    [FieldOffset(26)] internal short Pitch;
    [FieldOffset(28)] internal float OnTuning;
    [FieldOffset(32)] internal float OnVelocity;
    [FieldOffset(36)] internal int OnLength;
    [FieldOffset(40)] internal int OnNoteId;
    [FieldOffset(28)] internal float OffVelocity;
    [FieldOffset(32)] internal int OffNoteId;
    [FieldOffset(36)] internal float OffTuning;
    [FieldOffset(24)] internal byte Controller;
    [FieldOffset(25)] internal sbyte ControlChannel;
    [FieldOffset(26)] internal sbyte Value;
    [FieldOffset(27)] internal sbyte Value2;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3ParameterInfo
{
    internal uint Id;
    internal fixed char Title[128];
    internal fixed char ShortTitle[128];
    internal fixed char Units[128];
    internal int Steps;
    internal double Default;
    internal int Unit, Flags;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3UnitInfo
{
    internal int Id, Parent;
    internal fixed char Name[128];
    internal int Programs;
}
