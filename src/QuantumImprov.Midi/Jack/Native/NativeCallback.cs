using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>
/// The process callback in C, which no collection stops: the library that the build makes of the C files beside this one where a C compiler is there. It is
/// optional; without it the managed callback runs.
/// </summary>
[SuppressMessage("Usage", "CA2211", Justification = "Function pointers, set once before use.")]
public static unsafe class NativeCallback
{
    /// <summary>The library's file, beside the program.</summary>
    public const string FileName = "libquantumimprov-jack.so";

    internal static nint Process, Xrun, PeerProcess;
    internal static int PeriodSize;
    internal static delegate* unmanaged[Cdecl]<in PlayerMemory, long, long, TimedMessage*, int, nint, nint, void> Turn;
    internal static delegate* unmanaged[Cdecl]<nint, uint, uint, long, long> Advance;
    internal static delegate* unmanaged[Cdecl]<in ScaleState, long, long> ToHost;
    internal static delegate* unmanaged[Cdecl]<in ScaleState, long, long> ToFrame;
    internal static delegate* unmanaged[Cdecl]<nint, byte*, nuint, ShortMessage*, int> Decode;
    internal static delegate* unmanaged[Cdecl]<byte, int> MessageLength;

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Whether the library is there and fits this program; if not, one sentence on why (else empty). [any]</summary>
    public static bool IsThere(out string problem)
    {
        problem = Loaded.Value;
        return problem.Length == 0;
    }

    private static string Load()
    {
        if (!OperatingSystem.IsLinux()) return "The native JACK callback is for Linux only.";
        if (!NativeLibrary.TryLoad(FileName, typeof(NativeCallback).Assembly, DllImportSearchPath.AssemblyDirectory, out var library))
            return $"{FileName} is not beside the program, or is of another system: it is built where a C compiler is found.";
        if (!NativeLibrary.TryGetExport(library, "qi_layout", out var layout) || !Fits((delegate* unmanaged[Cdecl]<long*, int, int>)layout))
            return $"{FileName} belongs to another version of this program: build anew.";
        nint Find(string name) => NativeLibrary.GetExport(library, "qi_" + name);
        (Process, Xrun, PeerProcess) = (Find("process"), Find("xrun"), Find("peer_process"));
        PeriodSize = ((delegate* unmanaged[Cdecl]<int>)Find("period_size"))();
        Turn = (delegate* unmanaged[Cdecl]<in PlayerMemory, long, long, TimedMessage*, int, nint, nint, void>)Find("turn");
        Advance = (delegate* unmanaged[Cdecl]<nint, uint, uint, long, long>)Find("advance");
        ToHost = (delegate* unmanaged[Cdecl]<in ScaleState, long, long>)Find("to_host");
        ToFrame = (delegate* unmanaged[Cdecl]<in ScaleState, long, long>)Find("to_frame");
        Decode = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, ShortMessage*, int>)Find("decode");
        MessageLength = (delegate* unmanaged[Cdecl]<byte, int>)Find("message_length");
        return "";
    }

    // In the order of layout.c.
    private static bool Fits(delegate* unmanaged[Cdecl]<long*, int, int> layout)
    {
        ReadOnlySpan<long> expected =
        [
            Unsafe.SizeOf<RingMemory>(), Unsafe.SizeOf<ShortMessage>(), Unsafe.SizeOf<TimedMessage>(), Unsafe.SizeOf<PlannedNote>(), Player.SoundingNoteSize, Unsafe.SizeOf<FollowRule>(),
            Player.StateSize, Unsafe.SizeOf<PlayerMemory>(), Unsafe.SizeOf<TrackerState>(), Unsafe.SizeOf<ScalesState>(), Unsafe.SizeOf<CountsState>(), Unsafe.SizeOf<DecoderState>(),
            Unsafe.SizeOf<OutputState>(), Unsafe.SizeOf<SeatState>(), Unsafe.SizeOf<AudioState>(), Unsafe.SizeOf<PeriodMemory>(), Unsafe.SizeOf<PeerCounts>(), Unsafe.SizeOf<PeerMemory>(),
            Player.PendingCapacity, Player.SoundingCapacity, Player.EndingsKept, FollowRule.Voices, Period.HeardCapacity,
        ];
        var found = stackalloc long[expected.Length];
        return layout(found, expected.Length) == expected.Length && expected.SequenceEqual(new ReadOnlySpan<long>(found, expected.Length));
    }
}
