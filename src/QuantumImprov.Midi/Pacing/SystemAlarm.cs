namespace QuantumImprov.Midi.Pacing;

/// <summary>The alarm of the system this runs on.</summary>
public static class SystemAlarm
{
    /// <summary>Makes one. [any]</summary>
    public static IAlarm Create() =>
        OperatingSystem.IsWindows() ? new WindowsAlarm()
        : OperatingSystem.IsMacOS() ? new MacAlarm()
        : OperatingSystem.IsLinux() ? new LinuxAlarm()
        : new PlainAlarm();
}
