using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace QuantumImprov.Midi.Pacing;

/// <summary><c>clock_nanosleep</c> to an absolute instant, so that an interruption before the call does not lengthen it; SCHED_FIFO where the user may have it.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe partial class LinuxAlarm : IAlarm
{
    private const int Monotonic = 1, Absolute = 1, Interrupted = 4, Fifo = 1, Priority = 50;
    private const long Second = 1_000_000_000;

    public bool TryRaise()
    {
        var priority = Priority;
        return SetScheduling(Self(), Fifo, &priority) == 0;
    }

    public void Sleep(long nanoseconds)
    {
        if (nanoseconds <= 0) return;
        Instant until;
        if (Now(Monotonic, &until) != 0) return;
        var at = until.Nanoseconds + nanoseconds;
        (until.Seconds, until.Nanoseconds) = (until.Seconds + at / Second, at % Second);
        while (SleepUntil(Monotonic, Absolute, &until, null) == Interrupted)
        {
        }
    }

    public void Dispose()
    {
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int Now(int clock, Instant* now);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int SleepUntil(int clock, int flags, Instant* until, Instant* left);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint Self();

    [LibraryImport("libc", EntryPoint = "pthread_setschedparam")]
    private static partial int SetScheduling(nint thread, int policy, int* priority);

    // struct timespec of 64-bit Linux.
    [StructLayout(LayoutKind.Sequential)]
    private struct Instant
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
