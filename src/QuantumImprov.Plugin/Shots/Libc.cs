using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Shots;

/// <summary>The system's own functions for files: they allocate nothing in the library's runtime, and locks of two instances in one process exclude each other.</summary>
internal static unsafe partial class Libc
{
    internal const int ReadWrite = 2, Create = 0x40, CloseOnExec = 0x80000, LockExclusive = 2, LockNoWait = 4, Unlock = 8, UserOnly = 0x180;

    [LibraryImport("libc", EntryPoint = "open")]
    internal static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock")]
    internal static partial int Flock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "pread")]
    internal static partial nint Read(int file, byte* into, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "pwrite")]
    internal static partial nint Write(int file, byte* from, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "fdatasync")]
    internal static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int file);
}
