using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace QuantumImprov.Midi.Pacing;

/// <summary>
/// A high-resolution waitable timer (Windows 10 1803 and later), else an ordinary one with the system's tick set to a millisecond; time-critical priority, and the
/// multimedia scheduler's class for sound where it answers.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsAlarm : IAlarm
{
    private const uint HighResolution = 2, AllAccess = 0x1F0003, Forever = uint.MaxValue;
    private const int TimeCritical = 15;
    private readonly nint _timer;
    private readonly bool _ticks;

    public WindowsAlarm()
    {
        _timer = CreateTimer(0, 0, HighResolution, AllAccess);
        if (_timer != 0) return;
        _ticks = BeginPeriod(1) == 0;
        _timer = CreateTimer(0, 0, 0, AllAccess);
    }

    public bool TryRaise()
    {
        var critical = SetPriority(CurrentThread(), TimeCritical) != 0;
        try
        {
            var task = 0u;
            return Join("Pro Audio", ref task) != 0 || critical;
        }
        catch (DllNotFoundException)
        {
            // A server edition without the multimedia scheduler.
            return critical;
        }
    }

    public void Sleep(long nanoseconds)
    {
        if (nanoseconds <= 0) return;
        // Negative: from now on, in units of 100 ns.
        var due = -Math.Max(1, nanoseconds / 100);
        if (_timer == 0 || Set(_timer, &due, 0, 0, 0, 0) == 0) Thread.Sleep((int)Math.Max(1, nanoseconds / 1_000_000));
        else _ = Wait(_timer, Forever);
    }

    public void Dispose()
    {
        if (_timer != 0) _ = Close(_timer);
        if (_ticks) _ = EndPeriod(1);
    }

    [LibraryImport("kernel32", EntryPoint = "CreateWaitableTimerExW")]
    private static partial nint CreateTimer(nint attributes, nint name, uint flags, uint access);

    [LibraryImport("kernel32", EntryPoint = "SetWaitableTimer")]
    private static partial int Set(nint timer, long* due, int period, nint routine, nint argument, int resume);

    [LibraryImport("kernel32", EntryPoint = "WaitForSingleObject")]
    private static partial uint Wait(nint handle, uint milliseconds);

    [LibraryImport("kernel32", EntryPoint = "CloseHandle")]
    private static partial int Close(nint handle);

    [LibraryImport("kernel32", EntryPoint = "GetCurrentThread")]
    private static partial nint CurrentThread();

    [LibraryImport("kernel32", EntryPoint = "SetThreadPriority")]
    private static partial int SetPriority(nint thread, int priority);

    [LibraryImport("avrt", EntryPoint = "AvSetMmThreadCharacteristicsW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint Join(string task, ref uint index);

    [LibraryImport("winmm", EntryPoint = "timeBeginPeriod")]
    private static partial uint BeginPeriod(uint milliseconds);

    [LibraryImport("winmm", EntryPoint = "timeEndPeriod")]
    private static partial uint EndPeriod(uint milliseconds);
}
