using System.Runtime.InteropServices;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// One value at a place that never moves. The collector leaves the place alone, so native code may read and write it while the collector runs. The place lives
/// as long as this object: whoever hands <see cref="Address"/> out keeps the object. What may be written by whom is the owner's rule.
/// </summary>
/// <typeparam name="T">A value without references.</typeparam>
public sealed class Pinned<T>
    where T : unmanaged
{
    private readonly T[] _cell = GC.AllocateArray<T>(1, pinned: true);

    /// <summary>The value in its place.</summary>
    [RealTime]
    public ref T Value => ref _cell[0];

    /// <summary>Where the value lies. [any]</summary>
    public nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_cell, 0);
}
