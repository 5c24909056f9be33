using QuantumImprov.Audio;
using QuantumImprov.Audio.Output;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Host.Files;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Pacing;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Live;

/// <summary>MIDI and sound of a live session, whichever way this system has them: through one JACK client, or through its MIDI devices and a sound device. [owner]</summary>
public sealed class OpenedPorts : IDisposable
{
    private readonly JackLivePorts? _jack;
    private readonly ISoundOutput? _sound;
    private CableKeeper? _cables;

    private OpenedPorts(ILivePorts? ports, ISoundOutput? sound) => (Ports, _jack, _sound) = (ports, ports as JackLivePorts, sound);

    /// <summary>The MIDI ports; null where there are none.</summary>
    public ILivePorts? Ports { get; }

    /// <summary>The JACK client; null where MIDI and sound do not go through JACK.</summary>
    public JackClient? Jack => _jack?.Client;

    /// <summary>What is wrong now, as one sentence; null when nothing is. [any]</summary>
    public string? Trouble => Ports?.Trouble ?? _sound?.Trouble ?? _cables?.Trouble;

    /// <summary>How MIDI and sound fare; null where there is neither. Allocates. [owner]</summary>
    public PortHealth? Health => Ports?.Health is { } health ? _sound is null ? health : health with { Words = $"{health.Words}; {SoundHealth.Of(_sound).Words}" } : null;

    /// <summary>Opens what <paramref name="options"/> ask for; what a person should know goes to <paramref name="opening"/>, a sentence each.</summary>
    /// <exception cref="Refusal">What was named is not there.</exception>
    public static OpenedPorts Open(LiveOptions options, Preset preset, Player player, TimeProvider time, List<string> opening)
    {
        var reason = "";
        if (options.Devices is null && TryOpenJack(options, preset, player, time, opening, out var jack, out reason)) return new OpenedPorts(jack, null);
        if (options.JackServer is not null) throw new Refusal(reason);
        var clock = new WallClock(time);
        if (options.Devices is { } open) return OpenDevices(open(), options, preset, player, time, clock, opening);
        // On Linux the reason is JACK's: nothing else is looked for there.
        var found = SystemMidi.TryOpen(out var devices, out var noMidi);
        if (!OperatingSystem.IsLinux()) reason = noMidi;
        if (!found && options.MidiIn.Count + options.MidiOut.Count + options.Connect.Count > 0) throw new Refusal(reason);
        if (!found) opening.Add(OperatingSystem.IsLinux() ? $"{reason} Without JACK there are no MIDI ports; the page works all the same." : $"{reason} The page works all the same.");
        return OpenDevices(devices, options, preset, player, time, clock, opening);
    }

    /// <summary>Connects what was asked for; returns why it could not, null when it could.</summary>
    public string? Connect(LiveOptions options, CableKeeper cables, List<string> opening)
    {
        // Where others cannot come to us, we go to what can be played on.
        if (Ports is DevicePorts { Made.Count: 0 } devices && options.MidiIn.Count == 0) opening.Add(devices.ListenToAll(options.MidiOut));
        foreach (var (direction, patterns) in new[] { (PortDirection.In, options.MidiIn), (PortDirection.Out, options.MidiOut) })
        {
            foreach (var pattern in patterns)
            {
                if (!Ports!.TryConnect(direction, pattern, out var report)) return report;
                opening.Add(report);
            }
        }

        foreach (var pattern in options.Connect) opening.Add(Ports?.ConnectAlways(pattern) ?? $"There are no MIDI ports to connect with \"{pattern}\".");
        if (options.Session is not null && _jack is null) opening.Add($"{options.Session} remembers connections of JACK ports; there are none.");
        if (_jack is null) return null;
        _cables = cables;
        if (cables.Restore(_jack.Client) is { } restored) opening.Add(restored);
        // Whoever names a sound module, or has cabled everything before, wants to hear that; everybody else wants to hear something.
        if (!cables.Exists && _jack.Client.Connections(JackEnd.Out).Count == 0) ConnectSpeakers(_jack.Client, opening);
        return null;
    }

    /// <summary>Looks after what has come and gone.</summary>
    public void Tend()
    {
        Ports?.Tend();
        _sound?.Tend();
        if (_jack is not null) _cables?.Tend(_jack.Client);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ports?.Dispose();
        _sound?.Dispose();
    }

    private static bool TryOpenJack(LiveOptions options, Preset preset, Player player, TimeProvider time, List<string> opening, out JackLivePorts? ports, out string reason)
    {
        ports = null;
        var jackOptions = new JackOptions { ServerName = options.JackServer, Player = player, Time = time, Synth = rate => MakeSynth(preset, rate, opening) };
        if (!JackClient.TryOpen(jackOptions, out var client, out reason)) return false;
        opening.Add($"JACK: {client.NameOf(JackEnd.In)}, {client.NameOf(JackEnd.Out)}, {client.NameOf(JackEnd.Left)}, {client.NameOf(JackEnd.Right)}"
            + (client.ClientName == jackOptions.ClientName ? "." : $" (the name {jackOptions.ClientName} was taken)."));
        ports = new JackLivePorts(client, time);
        return true;
    }

    // A player of its own is worth its thread only where there is something to play to.
    private static OpenedPorts OpenDevices(IMidiDevices? devices, LiveOptions options, Preset preset, Player player, TimeProvider time, WallClock clock, List<string> opening)
    {
        var wanted = new SoundOutputOptions { Device = options.AudioOut, Exclusive = options.AudioExclusive, Buffer = options.AudioBuffer ?? SoundOutputOptions.DefaultBuffer };
        var sounds = SystemSound.TryOpen(wanted, rate => MakeSynth(preset, rate, opening), clock, out var sound, out var silent);
        if (!sounds && options.AudioOut is not null) throw new Refusal(silent);
        if (sounds) opening.Add($"Sound: {sound!.Device}.");
        if (devices is null && sound is null) return new OpenedPorts(null, null);
        var ports = new DevicePorts(new DevicePortsOptions { Devices = devices ?? new NoMidiDevices(), Player = player, Time = time, Clock = clock, Sound = sound?.Stream });
        if (ports.Made.Count > 0) opening.Add($"MIDI: {string.Join(", ", ports.Made)}.");
        return new OpenedPorts(ports, sound);
    }

    private static ISynth MakeSynth(Preset preset, int rate, List<string> opening)
    {
        var synth = Synths.Create(Sound.Choice(preset), rate, out var note);
        if (preset.Synth == "fluid" && note.Length > 0) opening.Add(note);
        return synth;
    }

    private static void ConnectSpeakers(JackClient jack, List<string> opening)
    {
        var speakers = jack.Ports().Where(p => p is { IsMidi: false, IsInput: true, IsPhysical: true }).Take(2).ToList();
        if (speakers.Count == 0) return;
        var left = jack.TryConnect(JackEnd.Left, speakers[0].Name, out _);
        if (jack.TryConnect(JackEnd.Right, speakers[^1].Name, out _) && left) opening.Add($"Sound: {speakers[0].Name}, {speakers[^1].Name}.");
    }
}
