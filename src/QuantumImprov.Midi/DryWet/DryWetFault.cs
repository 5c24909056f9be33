using Melanchall.DryWetMidi.Multimedia;

namespace QuantumImprov.Midi.DryWet;

/// <summary>What the library throws when a device is gone, is taken by another program, or the system has no MIDI.</summary>
internal static class DryWetFault
{
    /// <summary>Whether <paramref name="e"/> speaks of the device rather than of a bug here.</summary>
    public static bool Is(Exception e) =>
        e is MidiDeviceException or ObjectDisposedException or InvalidOperationException or PlatformNotSupportedException or NotSupportedException or DllNotFoundException or BadImageFormatException or ArgumentException;

    /// <summary>Does <paramref name="action"/>, which may find that the device is gone.</summary>
    public static void Ignore(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (Is(e))
        {
            // Gone already: there is nothing left to close.
        }
    }
}
