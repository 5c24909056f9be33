using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using QuantumImprov.Audio.Fluid;
using QuantumImprov.Audio.Output;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Live;
using QuantumImprov.Host.Presets;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Jack.Native;
using QuantumImprov.Midi.Ports;
using QuantumImprov.Simulators.Microsoft;
using QuantumImprov.Storage.Data;
using QuantumImprov.Storage.Latencies;

namespace QuantumImprov.Host.Verbs;

/// <summary><c>doctor</c>: what was found, and what to do about what was not.</summary>
public static class DoctorVerb
{
    private const int StagePort = 5170;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var server = Flags.Text("--jack-server", "NAME", "The JACK server to look for; default the one JACK names.");
        var command = new Command("doctor", "Says what was found on this machine and what to do about what was not.\n\nExample:\n  quantumimprov doctor --json") { server };
        var json = new JsonFlags(command);
        command.SetAction(result =>
        {
            var findings = Examine(result.GetValue(server)).ToList();
            json.Write(result, new { version = Product.Version, findings, can_play = true });
            if (json.TakesOutput(result)) return ExitCodes.Done;
            foreach (var finding in findings)
            {
                Console.Out.WriteLine($"{(finding.Found ? "found   " : "missing ")} {finding.Part}: {finding.Detail}");
                if (finding.Advice is not null) Console.Out.WriteLine($"         {finding.Advice}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<Finding> Examine(string? server)
    {
        yield return new Finding("program", true, $"quantumimprov {Product.Version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}.", null);
        yield return DataFolder.Open(Environment.GetEnvironmentVariable, DataFolder.ThisPlatform) switch
        {
            DataFolderOpening.Opened opened => new Finding("data folder", true, opened.Folder.Path, null),
            DataFolderOpening.Unusable unusable => new Finding("data folder", false, unusable.Sentence, "Sessions can be played but are not kept."),
            _ => new Finding("data folder", false, "It cannot be told.", null),
        };
        yield return Latencies();
        yield return StagePage();
        var reachable = JackPorts.TryList(server, out var ports, out var reason);
        yield return reachable
            ? new Finding("JACK", true, $"A server answers, with {ports.Count(p => p.IsMidi)} MIDI and {ports.Count(p => !p.IsMidi)} audio ports.", null)
            : new Finding("JACK", false, reason, OperatingSystem.IsLinux()
                ? "Debian: apt install jackd2, then start a server; with PipeWire: apt install pipewire-jack and start this program with pw-jack. The page works without it."
                : "The page works without it.");
        yield return NativeCallback.IsThere(out var problem)
            ? new Finding("JACK callback", true, "Native: no collection stops it.", null)
            : new Finding("JACK callback", false, problem, OperatingSystem.IsLinux()
                ? "The managed callback runs instead. Debian: apt install gcc libc6-dev, then build again."
                : "The page works without it.");
        yield return MidiDevices();
        var sounds = SystemSound.List(out var silent);
        yield return sounds.Count > 0
            ? new Finding("sound device", true, string.Join(", ", sounds) + ".", null)
            : new Finding("sound device", false, silent.Length > 0 ? silent : "The system has none.", "The page sounds in the browser.");
        yield return FluidSynth.IsInstalled(out problem)
            ? new Finding("FluidSynth", true, "libfluidsynth is installed.", null)
            : new Finding("FluidSynth", false, problem, OperatingSystem.IsLinux() ? "Debian: apt install libfluidsynth3. The built-in synth works without it." : "The built-in synth works without it.");
        var fonts = SoundFonts.Find();
        yield return fonts.Count > 0
            ? new Finding("SoundFont", true, fonts[0], null)
            : new Finding("SoundFont", false, $"None in {string.Join(", ", SoundFonts.Folders)}.", OperatingSystem.IsLinux() ? "Debian: apt install timgm6mb-soundfont or fluid-soundfont-gm." : "Name one in a preset: sound.soundFont.");
        yield return SimulatorLibrary.TryLoad(null, out var library, out var missing)
            ? new Finding("Microsoft's simulator", true, library.File, null)
            : new Finding("Microsoft's simulator", false, missing, "Only circuit --backend microsoft asks for it.");
        yield return Plugin(PluginBundles.In(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), DataFolder.ThisPlatform));
        yield return new Finding("presets", true, string.Join(", ", PresetLibrary.All.Select(p => p.Name)) + ".", null);
    }

    // Windows had no virtual ports of its own before its MIDI Services; whoever plays in a DAW needs some.
    private static Finding MidiDevices()
    {
        if (!SystemMidi.TryOpen(out var devices, out var reason))
            return new Finding("MIDI devices", false, reason, OperatingSystem.IsLinux() ? "See JACK. ALSA's keyboards come into jackd by a2jmidid -e (Debian: apt install a2jmidid); PipeWire brings them in by itself. Without either play on the page, whose browser has MIDI of its own." : "The page works without them.");
        using (devices)
        {
            var ports = devices.List();
            var detail = $"{devices.Name}: {ports.Count(p => p.Direction == PortDirection.In)} to listen to, {ports.Count(p => p.Direction == PortDirection.Out)} to play to.";
            if (devices.MakesPorts) return new Finding("MIDI devices", true, detail + " play makes the ports \"quantumimprov in\" and \"quantumimprov out\".", null);
            var loops = ports.Select(p => p.Name).Where(LoopbackPorts.IsOne).Distinct().ToList();
            return loops.Count > 0
                ? new Finding("MIDI devices", true, $"{detail} Virtual: {string.Join(", ", loops)}.", null)
                : new Finding("MIDI devices", true, detail, LoopbackPorts.HowToHaveSome);
        }
    }

    // Whoever plays a synth of this machine needs none.
    private static Finding Latencies()
    {
        if (DataFolder.Open(Environment.GetEnvironmentVariable, DataFolder.ThisPlatform) is not DataFolderOpening.Opened opened) return new Finding("latencies", false, "They are kept in the data folder.", "See data folder.");
        return LatencyFile.Read(opened.Folder.Latencies) switch
        {
            LatencyReading.Unusable unusable => new Finding("latencies", false, unusable.Sentence, "Planned notes are sent on their beat. Mend the file, or move it away and measure calibrate anew."),
            LatencyReading.Known { Outputs: [_, ..] outputs } => new Finding("latencies", true, $"How planned notes are sent: to {string.Join(", ", outputs.Select(o => $"{o.Output} {LatencyChoice.InWords(o.Table)}"))}.", null),
            _ => new Finding("latencies", true, "None is known: planned notes are sent on their beat.", null),
        };
    }

    // Current: of this program's version.
    private static Finding Plugin(IReadOnlyList<(string Format, string File, string? Version)> bundles)
    {
        var advice = $"In the sources: ./publish-plugin --install{(OperatingSystem.IsWindows() ? " (in Git Bash)" : "")}. Only DAWs that are to load the partner as a plugin need it.";
        var stale = bundles.Where(b => b.Version is not null && b.Version != Product.Version).ToList();
        if (stale.Count > 0)
            return new Finding("plugin", false, string.Join(" ", stale.Select(b => $"The {b.Format} in {b.File} is {(b.Version!.Length > 0 ? $"of version {b.Version}" : "of a version it does not tell")}; this program is {Product.Version}.")), advice);
        var there = bundles.Where(b => b.Version is not null).Select(b => b.Format).ToList();
        var missing = bundles.Where(b => b.Version is null).Select(b => b.Format).ToList();
        if (there.Count == 0) return new Finding("plugin", false, "It is not installed for DAWs.", advice);
        var sentence = $"{string.Join(", ", there)} {Product.Version} {(there.Count == 1 ? "is" : "are")} installed for DAWs.";
        return missing.Count == 0 ? new Finding("plugin", true, sentence, null) : new Finding("plugin", true, $"{sentence} {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} not.", advice);
    }

    private static Finding StagePage()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, StagePort);
            listener.Start();
            return new Finding("page", true, $"Port {StagePort} is free; play serves the page at http://127.0.0.1:{StagePort}.", null);
        }
        catch (SocketException)
        {
            return new Finding("page", true, $"Port {StagePort} is taken; play moves on to the next free one and says so.", null);
        }
    }

    private sealed record Finding(string Part, bool Found, string Detail, string? Advice);
}
