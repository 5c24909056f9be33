using System.Diagnostics.CodeAnalysis;

namespace QuantumImprov.Midi.Ports;

/// <summary>The MIDI devices this build reaches on the system it runs on, where there is no JACK.</summary>
public static class SystemMidi
{
    /// <summary>Opens them; false, with one sentence, when this build was made without the library, or the system has no service it knows. [owner]</summary>
    public static bool TryOpen([NotNullWhen(true)] out IMidiDevices? devices, out string reason)
    {
        devices = null;
        // Also in a build that has the library: one tool is packed for all systems.
        if (OperatingSystem.IsLinux())
        {
            reason = "MIDI devices are reached through JACK on Linux.";
            return false;
        }

#if WITH_DRYWETMIDI
        return DryWet.DryWetDevices.TryOpen(out devices, out reason);
#else
        reason = "This build was made without Melanchall.DryWetMidi and reaches no MIDI devices: build with -p:WithDryWetMidi=true.";
        return false;
#endif
    }
}
