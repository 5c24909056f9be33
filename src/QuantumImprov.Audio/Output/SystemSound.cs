using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Output;

/// <summary>The sound devices this build reaches on the system it runs on, where sound does not go through JACK.</summary>
public static class SystemSound
{
    /// <summary>
    /// Opens one and starts it, with a synth made for its rate on the calling thread. False, with one sentence, when this build was made without the library, the system is
    /// not one it knows, or there is no such device. [owner]
    /// </summary>
    public static bool TryOpen(SoundOutputOptions options, Func<int, ISynth> synth, IHostClock clock, [NotNullWhen(true)] out ISoundOutput? output, out string reason)
    {
        output = null;
        // Also in a build that has the library: one tool is packed for all systems.
        if (OperatingSystem.IsLinux())
        {
            reason = "Sound goes through JACK on Linux; without it the page sounds.";
            return false;
        }

#if WITH_NAUDIO
        if (OperatingSystem.IsWindows() && options.Device?.StartsWith(SoundOutputOptions.AsioPrefix, StringComparison.OrdinalIgnoreCase) == true)
        {
#if WITH_ASIO
            return NAudio.Asio.AsioOutput.TryOpen(options, synth, clock, out output, out reason);
#else
            reason = "This build was made without NAudio.Asio and reaches no ASIO driver: build with -p:WithAsio=true.";
            return false;
#endif
        }

        if (OperatingSystem.IsWindows()) return NAudio.WasapiOutput.TryOpen(options, synth, clock, out output, out reason);
        reason = "Sound devices are reached on Windows only.";
        return false;
#else
        reason = "This build was made without NAudio and reaches no sound device: build with -p:WithNAudio=true on Windows. The page sounds.";
        return false;
#endif
    }

    /// <summary>The devices there are, by name; empty, with one sentence, where none can be reached. [owner]</summary>
    public static IReadOnlyList<string> List(out string reason)
    {
        reason = "Sound goes through JACK on Linux.";
        if (OperatingSystem.IsLinux()) return [];
#if WITH_NAUDIO
#if WITH_ASIO
        if (OperatingSystem.IsWindows()) return [.. NAudio.WasapiOutput.List(out reason), .. NAudio.Asio.AsioOutput.List()];
#endif
        if (OperatingSystem.IsWindows()) return NAudio.WasapiOutput.List(out reason);
        reason = "Sound devices are reached on Windows only.";
        return [];
#else
        reason = "This build was made without NAudio.";
        return [];
#endif
    }
}
