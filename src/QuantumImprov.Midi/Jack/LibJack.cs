using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// The functions of <c>libjack.so.0</c> (jackd2's or PipeWire's), looked up once. Function pointers, so that no symbol is looked up and no stub compiled on
/// the real-time thread. What the process callback calls carries no GC transition: these functions are short, never wait and never call back.
/// </summary>
[SuppressMessage("Usage", "CA2211", Justification = "Function pointers, set once before use.")]
internal static unsafe partial class LibJack
{
    public const string FileName = "libjack.so.0";

    public static delegate* unmanaged[Cdecl]<byte*, int, int*, nint> ClientOpen;
    public static delegate* unmanaged[Cdecl]<nint, int> ClientClose;
    public static delegate* unmanaged[Cdecl]<nint, byte*> GetClientName;
    public static delegate* unmanaged[Cdecl]<nint, int> Activate;
    public static delegate* unmanaged[Cdecl]<nint, int> IsRealTime;
    public static delegate* unmanaged[Cdecl]<nint, uint> GetSampleRate;
    public static delegate* unmanaged[Cdecl]<nint, uint> GetBufferSize;
    public static delegate* unmanaged[Cdecl]<nint, uint> FrameTime;
    public static delegate* unmanaged[Cdecl]<nint, JackPosition*, int> TransportQuery;
    public static delegate* unmanaged[Cdecl]<nint, void> TransportStart;
    public static delegate* unmanaged[Cdecl]<nint, void> TransportStop;
    public static delegate* unmanaged[Cdecl]<nint, ulong, uint> TimeToFrames;

    public static delegate* unmanaged[Cdecl]<nint, byte*, byte*, nuint, nuint, nint> PortRegister;
    public static delegate* unmanaged[Cdecl]<nint, byte*, nint> PortByName;
    public static delegate* unmanaged[Cdecl]<nint, uint, nint> PortById;
    public static delegate* unmanaged[Cdecl]<nint, byte*> PortName;
    public static delegate* unmanaged[Cdecl]<nint, byte*> PortType;
    public static delegate* unmanaged[Cdecl]<nint, int> PortFlags;
    public static delegate* unmanaged[Cdecl]<nint, nint, byte**> PortConnections;
    public static delegate* unmanaged[Cdecl]<nint, byte*, byte*, nuint, byte**> GetPorts;
    public static delegate* unmanaged[Cdecl]<nint, byte*, byte*, int> Connect;
    public static delegate* unmanaged[Cdecl]<nint, byte*, byte*, int> Disconnect;
    public static delegate* unmanaged[Cdecl]<void*, void> Free;

    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, nint, int>, nint, int> SetProcessCallback;
    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, void>, nint, int> SetThreadInitCallback;
    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, int>, nint, int> SetXrunCallback;
    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, nint, int>, nint, int> SetBufferSizeCallback;
    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, nint, int>, nint, int> SetSampleRateCallback;
    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, uint, int, nint, void>, nint, int> SetPortConnectCallback;
    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<uint, int, nint, void>, nint, int> SetPortRegistrationCallback;
    public static delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<int, byte*, nint, void>, nint, void> OnInfoShutdown;

    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, uint> LastFrameTime;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, uint, void*> PortGetBuffer;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, uint> MidiGetEventCount;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<MidiEvent*, void*, uint, int> MidiEventGet;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, void> MidiClearBuffer;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, uint, nuint, byte*> MidiEventReserve;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, uint> MidiGetLostEventCount;

    private static delegate* unmanaged[Cdecl]<nuint, int, int> _acquireRealTime;
    private static delegate* unmanaged[Cdecl]<nint, int> _realTimePriority;
    private static readonly Lock Gate = new();
    private static bool _loaded;

    /// <summary>Finds the library and its functions; false, with one sentence, when it is not there or lacks one.</summary>
    public static bool TryLoad(out string reason)
    {
        lock (Gate)
        {
            reason = "";
            if (_loaded) return true;
            if (!OperatingSystem.IsLinux())
            {
                reason = "JACK is used on Linux only.";
                return false;
            }

            if (!NativeLibrary.TryLoad(FileName, out var library))
            {
                reason = $"JACK was not found ({FileName} is missing): install jackd2, or PipeWire with pipewire-jack.";
                return false;
            }

            try
            {
                Resolve(library);
                Silence(library);
            }
            catch (EntryPointNotFoundException)
            {
                reason = $"The {FileName} found here is incomplete: install jackd2, or PipeWire with pipewire-jack.";
                return false;
            }

            return _loaded = true;
        }
    }

    /// <summary>The real-time priority of <paramref name="client"/>'s own thread; 0 or less when it has none.</summary>
    public static int RealTimePriority(nint client) => _realTimePriority is null ? 0 : _realTimePriority(client);

    /// <summary>Gives the calling thread real-time priority <paramref name="priority"/>; false when that is not granted.</summary>
    public static bool TryBecomeRealTime(int priority) => _acquireRealTime is not null && priority > 0 && _acquireRealTime(LibC.ThreadSelf(), priority) == 0;

    // libjack writes its troubles to standard error; ours are told as sentences. Its message functions are set to a C function that does nothing with its
    // argument: managed code there would run on libjack's own threads and even after the runtime has ended.
    private static void Silence(nint library)
    {
        var nothing = LibC.Symbol("labs");
        ((delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "jack_set_error_function"))(nothing);
        ((delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "jack_set_info_function"))(nothing);
    }

    /// <summary>An event as <c>jack_midi_event_get</c> describes it; the bytes live only during the callback.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MidiEvent
    {
        public uint Time;
        public nuint Size;
        public byte* Data;
    }
}
