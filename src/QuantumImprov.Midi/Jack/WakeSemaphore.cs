using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Wakes a waiting thread from a real-time callback: a C library semaphore, because posting a managed lock or event may allocate or wait. Several posts
/// before a wait count as one.
/// </summary>
internal sealed unsafe class WakeSemaphore
{
    // glibc and musl need at most 32 bytes.
    private const int Size = 64;
    private readonly void* _semaphore;
    private readonly delegate* unmanaged[Cdecl]<void*, int> _post;
    private volatile bool _closed;

    public WakeSemaphore()
    {
        _semaphore = NativeMemory.AllocZeroed(Size);
        _post = (delegate* unmanaged[Cdecl]<void*, int>)LibC.Symbol("sem_post");
        if (LibC.SemaphoreInit(_semaphore, 0, 0) == 0) return;
        NativeMemory.Free(_semaphore);
        throw new InvalidOperationException("The system refused a semaphore.");
    }

    // Freed only when nobody holds this object any more: a thread may still stand in Wait when the client is closed.
    ~WakeSemaphore()
    {
        LibC.SemaphoreDestroy(_semaphore);
        NativeMemory.Free(_semaphore);
    }

    /// <summary>The C library's semaphore, for a native callback that posts it; lives as long as this object.</summary>
    public nint Address => (nint)_semaphore;

    /// <summary>Wakes the waiting thread, or lets its next wait pass. [any]</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Post() => _post(_semaphore);

    /// <summary>Lets every wait from now on return at once with false. [any]</summary>
    public void Close()
    {
        _closed = true;
        Post();
    }

    /// <summary>Waits for a post, at most <paramref name="timeout"/>; false when none came. One thread at a time.</summary>
    public bool Wait(TimeSpan timeout)
    {
        if (_closed) return false;
        if (LibC.SemaphoreTryWait(_semaphore) != 0 && !WaitUntil(Deadline(timeout))) return false;
        while (LibC.SemaphoreTryWait(_semaphore) == 0) { }
        GC.KeepAlive(this);
        return !_closed;
    }

    private bool WaitUntil(LibC.TimeSpec deadline)
    {
        while (LibC.SemaphoreClockWait(_semaphore, LibC.ClockMonotonic, &deadline) != 0)
        {
            if (Marshal.GetLastPInvokeError() == LibC.Interrupted) continue;
            GC.KeepAlive(this);
            return false;
        }

        return true;
    }

    private static LibC.TimeSpec Deadline(TimeSpan timeout)
    {
        LibC.TimeSpec now;
        LibC.ClockGetTime(LibC.ClockMonotonic, &now);
        var wait = Math.Clamp(timeout.Ticks, 0, TimeSpan.TicksPerDay) * 100;
        var nanoseconds = now.Nanoseconds + wait % 1_000_000_000;
        return new LibC.TimeSpec
        {
            Seconds = now.Seconds + wait / 1_000_000_000 + nanoseconds / 1_000_000_000,
            Nanoseconds = nanoseconds % 1_000_000_000,
        };
    }
}
