namespace QuantumImprov.Plugin.Vst3;

/// <summary>What functions answer; the numbers are other ones on Windows.</summary>
internal static class Vst3Result
{
    internal static readonly int Ok = 0, False = 1;
    internal static readonly int NoInterface = OperatingSystem.IsWindows() ? unchecked((int)0x80004002) : -1;
    internal static readonly int Invalid = OperatingSystem.IsWindows() ? unchecked((int)0x80070057) : 2;
    internal static readonly int NotImplemented = OperatingSystem.IsWindows() ? unchecked((int)0x80004001) : 3;
    internal static readonly int InternalError = OperatingSystem.IsWindows() ? unchecked((int)0x80004005) : 4;
}
