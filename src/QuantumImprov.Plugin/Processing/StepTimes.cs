using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Processing;

/// <summary>How long each piece of work on the audio thread took, for whoever measures it; a look at a field where nobody does. One instance is watched at a time. [audio]</summary>
internal static unsafe class StepTimes
{
    private static long* _into;
    private static int _room, _count;

    /// <summary>A piece of work begins; 0 where nobody wants to know.</summary>
    internal static long Begin() => _into is null ? 0 : Stopwatch.GetTimestamp();

    /// <summary>It is done.</summary>
    internal static void End(long began)
    {
        if (began == 0 || _count == _room) return;
        _into[_count++] = Stopwatch.GetTimestamp() - began;
    }

    /// <summary>From now on the times, in nanoseconds, are written to <paramref name="into"/> until there are <paramref name="room"/>; null: no longer. How many there were. No block is under way.</summary>
    [UnmanagedCallersOnly(EntryPoint = "qi_watch", CallConvs = [typeof(CallConvCdecl)])]
    private static int Watch(long* into, int room)
    {
        var count = _count;
        _into = into;
        (_room, _count) = (room, 0);
        return count;
    }
}
