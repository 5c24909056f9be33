using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Processing;

/// <summary>
/// An instance as a format sees it: a partner that can fail without taking the host with it. After an exception it ends what sounds, then passes the performer's messages through, until it is activated again. Behind a handle that native
/// code keeps.
/// </summary>
internal abstract class Instance
{
    private static readonly ShortMessage[] Ends = [.. Enumerable.Range(0, 16).SelectMany(c => new[] { ShortMessage.Control(c, 64, 0), ShortMessage.Control(c, 123, 0), ShortMessage.Control(c, 120, 0) })];
    private static long _allocated;
    private bool _ends;

    /// <summary>The partner.</summary>
    internal Partner Partner { get; } = new();

    /// <summary>Whether something went wrong since it was activated.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>Bytes that blocks have allocated in this process; 0 unless something is wrong. [any]</summary>
    internal static long Allocated => Volatile.Read(ref _allocated);

    /// <summary>What native code keeps to find the instance again.</summary>
    internal nint ToHandle() => GCHandle.ToIntPtr(GCHandle.Alloc(this));

    /// <summary>The instance behind a handle. Allocates nothing.</summary>
    internal static T From<T>(nint handle)
        where T : Instance => System.Runtime.CompilerServices.Unsafe.As<T>(GCHandle.FromIntPtr(handle).Target!);

    /// <summary>The handle is used no more.</summary>
    internal static void Free(nint handle) => GCHandle.FromIntPtr(handle).Free();

    /// <summary>It is activated.</summary>
    internal void Activate(double rate)
    {
        HasFailed = false;
        Partner.Activate(rate);
    }

    /// <summary>An exception got as far as a host's call: what sounds ends with the next block.</summary>
    internal void Fail()
    {
        HasFailed = true;
        Partner.IsTorn = true;
        _ends = true;
    }

    /// <summary>Before a block.</summary>
    internal static long BeginBlock() => GC.GetAllocatedBytesForCurrentThread();

    /// <summary>After a block.</summary>
    internal static void EndBlock(long before)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        if (bytes != 0) Interlocked.Add(ref _allocated, bytes);
    }

    /// <summary>The ends of everything, once after it has failed: nobody knows any more what sounds.</summary>
    internal ReadOnlySpan<ShortMessage> TakeEnds()
    {
        if (!_ends) return [];
        _ends = false;
        return Ends;
    }
}
