using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>The few functions of the C library that the JACK route needs: the environment as native code sees it, and a semaphore a callback may post.</summary>
internal static unsafe partial class LibC
{
    public const int Interrupted = 4, ClockMonotonic = 1;

    /// <summary>Sets a variable where native <c>getenv</c> finds it; .NET's own environment does not reach there.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UnsetEnvironment(string name);

    [LibraryImport("libc", EntryPoint = "sem_init")]
    public static partial int SemaphoreInit(void* semaphore, int shared, uint value);

    [LibraryImport("libc", EntryPoint = "sem_destroy")]
    public static partial int SemaphoreDestroy(void* semaphore);

    [LibraryImport("libc", EntryPoint = "sem_trywait")]
    public static partial int SemaphoreTryWait(void* semaphore);

    [LibraryImport("libc", EntryPoint = "sem_clockwait", SetLastError = true)]
    public static partial int SemaphoreClockWait(void* semaphore, int clock, TimeSpec* deadline);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    public static partial int ClockGetTime(int clock, TimeSpec* time);

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    public static partial nuint ThreadSelf();

    /// <summary>A symbol of the C library by name.</summary>
    public static nint Symbol(string name) => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), name);

    /// <summary><c>struct timespec</c> of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
