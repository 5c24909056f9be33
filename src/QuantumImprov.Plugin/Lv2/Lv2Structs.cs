using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Lv2;

/// <summary>What <c>lv2_descriptor</c> gives; from the LV2 core specification.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Lv2Descriptor
{
    internal byte* Uri;
    internal delegate* unmanaged[Cdecl]<Lv2Descriptor*, double, byte*, Lv2Feature**, nint> Instantiate;
    internal delegate* unmanaged[Cdecl]<nint, uint, void*, void> ConnectPort;
    internal delegate* unmanaged[Cdecl]<nint, void> Activate;
    internal delegate* unmanaged[Cdecl]<nint, uint, void> Run;
    internal delegate* unmanaged[Cdecl]<nint, void> Deactivate;
    internal delegate* unmanaged[Cdecl]<nint, void> Cleanup;
    internal delegate* unmanaged[Cdecl]<byte*, void*> ExtensionData;
}

/// <summary>Something the host offers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Lv2Feature
{
    internal byte* Uri;
    internal void* Data;
}

/// <summary>The host's table of numbers for URIs.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Lv2Map
{
    internal nint Handle;
    internal delegate* unmanaged[Cdecl]<nint, byte*, uint> Map;
}

/// <summary>The head of an atom.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lv2Atom
{
    internal uint Size, Type;
}

/// <summary>The head of a sequence: an atom, then this, then events of 8 bytes of frames, an atom head and its body, padded to 8.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lv2Sequence
{
    internal Lv2Atom Atom;
    internal uint Unit, Pad;
}

/// <summary>The head of an event in a sequence.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lv2Event
{
    internal long Frames;
    internal Lv2Atom Body;
}

/// <summary>The extension by which hosts save and restore.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Lv2State
{
    internal delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, uint, void*, nuint, uint, uint, int>, nint, uint, Lv2Feature**, int> Save;
    internal delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, uint, nuint*, uint*, uint*, void*>, nint, uint, Lv2Feature**, int> Restore;
}
