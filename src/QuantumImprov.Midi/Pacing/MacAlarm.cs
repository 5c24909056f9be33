using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace QuantumImprov.Midi.Pacing;

/// <summary><c>mach_wait_until</c>, and the time-constraint policy that macOS gives threads of sound: 0.2 ms of work within 1 ms.</summary>
[SupportedOSPlatform("macos")]
internal sealed unsafe partial class MacAlarm : IAlarm
{
    private const string Library = "/usr/lib/libSystem.dylib";
    private const int TimeConstraint = 2, TimeConstraintFields = 4;
    private const long Period = 1_000_000, Computation = 200_000;
    private readonly Ratio _ratio;

    public MacAlarm()
    {
        Ratio ratio;
        _ratio = TimeBase(&ratio) == 0 && ratio is { Numerator: > 0, Denominator: > 0 } ? ratio : new Ratio { Numerator = 1, Denominator = 1 };
    }

    public bool TryRaise()
    {
        var policy = stackalloc uint[] { (uint)ToTicks(Period), (uint)ToTicks(Computation), (uint)ToTicks(Period), 1 };
        return SetPolicy(Port(Self()), TimeConstraint, policy, TimeConstraintFields) == 0;
    }

    public void Sleep(long nanoseconds)
    {
        if (nanoseconds > 0) _ = WaitUntil(Now() + ToTicks(nanoseconds));
    }

    public void Dispose()
    {
    }

    private ulong ToTicks(long nanoseconds) => (ulong)((Int128)nanoseconds * _ratio.Denominator / _ratio.Numerator);

    [LibraryImport(Library, EntryPoint = "mach_timebase_info")]
    private static partial int TimeBase(Ratio* ratio);

    [LibraryImport(Library, EntryPoint = "mach_absolute_time")]
    private static partial ulong Now();

    [LibraryImport(Library, EntryPoint = "mach_wait_until")]
    private static partial int WaitUntil(ulong deadline);

    [LibraryImport(Library, EntryPoint = "pthread_self")]
    private static partial nint Self();

    [LibraryImport(Library, EntryPoint = "pthread_mach_thread_np")]
    private static partial uint Port(nint thread);

    [LibraryImport(Library, EntryPoint = "thread_policy_set")]
    private static partial int SetPolicy(uint thread, int flavor, uint* policy, uint count);

    // struct mach_timebase_info: ticks * numerator / denominator = nanoseconds.
    [StructLayout(LayoutKind.Sequential)]
    private struct Ratio
    {
        public uint Numerator;
        public uint Denominator;
    }
}
