using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Clap;

// From the CLAP 1.2 specification. Booleans are bytes; the default sequential layout is the specification's.

/// <summary>A version of the interface.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ClapVersion
{
    internal uint Major, Minor, Revision;
}

/// <summary>What a host reads of a plugin before it makes one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapDescriptor
{
    internal ClapVersion Version;
    internal byte* Id, Name, Vendor, Url, ManualUrl, SupportUrl, PluginVersion, Description;
    internal byte** Features;
}

/// <summary>The host.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapHost
{
    internal ClapVersion Version;
    internal void* Data;
    internal byte* Name, Vendor, Url, HostVersion;
    internal delegate* unmanaged[Cdecl]<ClapHost*, byte*, void*> GetExtension;
    internal delegate* unmanaged[Cdecl]<ClapHost*, void> RequestRestart, RequestProcess, RequestCallback;
}

/// <summary>A plugin.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapPlugin
{
    internal ClapDescriptor* Descriptor;
    internal nint Data;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, byte> Init;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, void> Destroy;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, double, uint, uint, byte> Activate;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, void> Deactivate;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, byte> StartProcessing;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, void> StopProcessing, Reset;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, ClapProcess*, int> Process;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, byte*, void*> GetExtension;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, void> OnMainThread;
}

/// <summary>Makes plugins.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapFactory
{
    internal delegate* unmanaged[Cdecl]<ClapFactory*, uint> Count;
    internal delegate* unmanaged[Cdecl]<ClapFactory*, uint, ClapDescriptor*> Describe;
    internal delegate* unmanaged[Cdecl]<ClapFactory*, ClapHost*, byte*, ClapPlugin*> Create;
}

/// <summary>The head of every event.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ClapEventHeader
{
    internal uint Size, Time;
    internal ushort Space, Type;
    internal uint Flags;
}

/// <summary>A note begins or ends; -1 stands for all.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ClapEventNote
{
    internal ClapEventHeader Header;
    internal int NoteId;
    internal short Port, Channel, Key;
    internal double Velocity;
}

/// <summary>A parameter stands at a value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapEventValue
{
    internal ClapEventHeader Header;
    internal uint Id;
    internal void* Cookie;
    internal int NoteId;
    internal short Port, Channel, Key;
    internal double Value;
}

/// <summary>A MIDI message.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapEventMidi
{
    internal ClapEventHeader Header;
    internal ushort Port;
    internal fixed byte Data[3];
}

/// <summary>The host's song. Beats and seconds have 31 bits behind the point.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ClapTransport
{
    internal ClapEventHeader Header;
    internal uint Flags;
    internal long Beats, Seconds;
    internal double Tempo, TempoIncrement;
    internal long LoopStartBeats, LoopEndBeats, LoopStartSeconds, LoopEndSeconds, BarStart;
    internal int BarNumber;
    internal ushort Numerator, Denominator;
}

/// <summary>Sound in or out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapAudioBuffer
{
    internal float** Data32;
    internal double** Data64;
    internal uint Channels, Latency;
    internal ulong Constant;
}

/// <summary>The block's events.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapInputEvents
{
    internal void* Context;
    internal delegate* unmanaged[Cdecl]<ClapInputEvents*, uint> Size;
    internal delegate* unmanaged[Cdecl]<ClapInputEvents*, uint, ClapEventHeader*> Get;
}

/// <summary>Where events go.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapOutputEvents
{
    internal void* Context;
    internal delegate* unmanaged[Cdecl]<ClapOutputEvents*, ClapEventHeader*, byte> TryPush;
}

/// <summary>A block.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapProcess
{
    internal long SteadyTime;
    internal uint Frames;
    internal ClapTransport* Transport;
    internal ClapAudioBuffer* AudioIn, AudioOut;
    internal uint AudioInCount, AudioOutCount;
    internal ClapInputEvents* In;
    internal ClapOutputEvents* Out;
}

/// <summary>A port for notes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapNotePortInfo
{
    internal uint Id, Supported, Preferred;
    internal fixed byte Name[256];
}

/// <summary>A port for sound.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapAudioPortInfo
{
    internal uint Id;
    internal fixed byte Name[256];
    internal uint Flags, Channels;
    internal byte* Type;
    internal uint InPlacePair;
}

/// <summary>A parameter.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapParameterInfo
{
    internal uint Id, Flags;
    internal void* Cookie;
    internal fixed byte Name[256];
    internal fixed byte Module[1024];
    internal double Least, Most, Default;
}

/// <summary>The extension for ports, of notes or of sound.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapPorts
{
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, byte, uint> Count;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, uint, byte, void*, byte> Get;
}

/// <summary>The extension for parameters.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapParameters
{
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, uint> Count;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, uint, ClapParameterInfo*, byte> GetInfo;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, uint, double*, byte> GetValue;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, uint, double, byte*, uint, byte> ValueToText;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, uint, byte*, double*, byte> TextToValue;
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, ClapInputEvents*, ClapOutputEvents*, void> Flush;
}

/// <summary>The extension for states.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapState
{
    internal delegate* unmanaged[Cdecl]<ClapPlugin*, ClapStream*, byte> Save, Load;
}

/// <summary>A stream to write to or read from; a call may move fewer bytes than asked for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapStream
{
    internal void* Context;
    internal delegate* unmanaged[Cdecl]<ClapStream*, void*, ulong, long> Move;
}

/// <summary>The host's log.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapHostLog
{
    internal delegate* unmanaged[Cdecl]<ClapHost*, int, byte*, void> Log;
}

/// <summary>The host's side of parameters.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ClapHostParameters
{
    internal delegate* unmanaged[Cdecl]<ClapHost*, uint, void> Rescan;
    internal delegate* unmanaged[Cdecl]<ClapHost*, uint, uint, void> Clear;
    internal delegate* unmanaged[Cdecl]<ClapHost*, void> RequestFlush;
}
