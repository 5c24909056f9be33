using System.Runtime.InteropServices;

namespace QuantumImprov.Testing;

/// <summary>What the tests' own JACK clients need of libjack: bound apart from the product's, so that one does not hide the other's faults.</summary>
internal static unsafe partial class JackPeerNative
{
    public const string MidiType = "8 bit raw midi", AudioType = "32 bit float mono audio";
    public const int NoStartServer = 1, IsInput = 1, IsOutput = 2, IsPhysical = 4, AlreadyConnected = 17;
    public const int Rolling = 1, FrameOfPosition = 20;
    private const string Jack = "libjack.so.0";

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport(Jack, EntryPoint = "jack_client_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Open(string name, int options, out int status);

    [LibraryImport(Jack, EntryPoint = "jack_client_close")]
    public static partial int Close(nint client);

    [LibraryImport(Jack, EntryPoint = "jack_activate")]
    public static partial int Activate(nint client);

    [LibraryImport(Jack, EntryPoint = "jack_port_register", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Register(nint client, string name, string type, nuint flags, nuint size);

    [LibraryImport(Jack, EntryPoint = "jack_connect", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Connect(nint client, string source, string destination);

    [LibraryImport(Jack, EntryPoint = "jack_disconnect", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Disconnect(nint client, string source, string destination);

    [LibraryImport(Jack, EntryPoint = "jack_port_connected_to", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ConnectedTo(nint port, string other);

    [LibraryImport(Jack, EntryPoint = "jack_port_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint PortByName(nint client, string name);

    [LibraryImport(Jack, EntryPoint = "jack_frame_time")]
    public static partial uint FrameTime(nint client);

    [LibraryImport(Jack, EntryPoint = "jack_last_frame_time")]
    public static partial uint LastFrameTime(nint client);

    [LibraryImport(Jack, EntryPoint = "jack_set_process_callback")]
    public static partial int SetProcess(nint client, delegate* unmanaged[Cdecl]<uint, nint, int> callback, nint argument);

    [LibraryImport(Jack, EntryPoint = "jack_set_xrun_callback")]
    public static partial int SetXrun(nint client, delegate* unmanaged[Cdecl]<nint, int> callback, nint argument);

    [LibraryImport(Jack, EntryPoint = "jack_set_timebase_callback")]
    public static partial int SetTimebase(nint client, int conditional, delegate* unmanaged[Cdecl]<int, uint, byte*, int, nint, void> callback, nint argument);

    [LibraryImport(Jack, EntryPoint = "jack_transport_query")]
    public static partial int QueryTransport(nint client, byte* position);

    [LibraryImport(Jack, EntryPoint = "jack_transport_start")]
    public static partial void StartTransport(nint client);

    [LibraryImport(Jack, EntryPoint = "jack_transport_stop")]
    public static partial void StopTransport(nint client);

    [LibraryImport(Jack, EntryPoint = "jack_transport_locate")]
    public static partial int LocateTransport(nint client, uint frame);

    [LibraryImport(Jack, EntryPoint = "jack_port_get_buffer")]
    public static partial void* Buffer(nint port, uint frames);

    [LibraryImport(Jack, EntryPoint = "jack_midi_clear_buffer")]
    public static partial void ClearMidi(void* buffer);

    [LibraryImport(Jack, EntryPoint = "jack_midi_event_reserve")]
    public static partial byte* ReserveMidi(void* buffer, uint time, nuint size);

    [LibraryImport(Jack, EntryPoint = "jack_midi_get_event_count")]
    public static partial uint CountMidi(void* buffer);

    [LibraryImport(Jack, EntryPoint = "jack_midi_event_get")]
    public static partial int GetMidi(out MidiEvent midi, void* buffer, uint index);

    [StructLayout(LayoutKind.Sequential)]
    public struct MidiEvent
    {
        public uint Time;
        public nuint Size;
        public byte* Data;
    }
}
