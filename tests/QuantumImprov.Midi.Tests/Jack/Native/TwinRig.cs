using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack.Native;

namespace QuantumImprov.Midi.Tests.Jack.Native;

/// <summary>Runs a player's turns in C and writes down what it sends.</summary>
internal static unsafe class TwinRig
{
    [ThreadStatic]
    private static List<(HostTime, ShortMessage, bool)>? _sent;

    /// <summary>The turn; whether a message was sent again is the third word of each.</summary>
    public static List<(HostTime At, ShortMessage Message, bool Again)> Turn(Player player, HostTime from, HostTime until, ReadOnlySpan<TimedMessage> heard)
    {
        _sent = [];
        var memory = player.Memory;
        delegate* unmanaged[Cdecl]<nint, long, ShortMessage, int, void> emit = &Emit;
        fixed (TimedMessage* first = heard) NativeCallback.Turn(in memory, from.Nanoseconds, until.Nanoseconds, first, heard.Length, (nint)emit, 0);
        GC.KeepAlive(player);
        return _sent;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Emit(nint sink, long at, ShortMessage message, int again) => _sent!.Add((new HostTime(at), message, again != 0));
}
