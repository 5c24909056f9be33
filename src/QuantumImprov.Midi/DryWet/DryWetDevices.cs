using System.Diagnostics.CodeAnalysis;
using Melanchall.DryWetMidi.Multimedia;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Midi.DryWet;

/// <summary>
/// The system's MIDI service through Melanchall.DryWetMidi: WinMM on Windows, Core MIDI on macOS. Ports can be made, and coming and going is told, on macOS only; elsewhere
/// <see cref="DevicePorts"/> looks once a second.
/// </summary>
public sealed class DryWetDevices : IMidiDevices
{
    private DevicesWatcher? _watcher;

    private DryWetDevices(bool makesPorts) => MakesPorts = makesPorts;

    /// <inheritdoc/>
    public string Name => OperatingSystem.IsMacOS() ? "Core MIDI" : "Windows MIDI";

    /// <inheritdoc/>
    public bool MakesPorts { get; }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <summary>Opens the service; false, with one sentence, where the library has none. [owner]</summary>
    public static bool TryOpen([NotNullWhen(true)] out IMidiDevices? devices, out string reason) => TryOpen(OperatingSystem.IsMacOS(), out devices, out reason);

    /// <summary>As <see cref="TryOpen(out IMidiDevices?, out string)"/>, on a system that lets programs make ports and tells what comes and goes, or on one that does not.</summary>
    internal static bool TryOpen(bool makesPorts, [NotNullWhen(true)] out IMidiDevices? devices, out string reason)
    {
        devices = null;
        try
        {
            // Fails here, and not while playing, where the library's native part is missing or the system is not one of its own.
            _ = InputDevice.GetDevicesCount();
            var opened = new DryWetDevices(makesPorts);
            if (makesPorts) opened.Watch();
            (devices, reason) = (opened, "");
            return true;
        }
        catch (Exception e) when (DryWetFault.Is(e))
        {
            reason = $"The system's MIDI service does not answer: {e.Message}";
            return false;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<MidiPort> List()
    {
        try
        {
            return
            [
                .. Names(InputDevice.GetAll()).Select(name => new MidiPort(name, PortDirection.In)),
                .. Names(OutputDevice.GetAll()).Select(name => new MidiPort(name, PortDirection.Out)),
            ];
        }
        catch (Exception e) when (DryWetFault.Is(e))
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public bool TryListen(string name, Action<ShortMessage> heard, [NotNullWhen(true)] out IDisposable? input, out string reason)
    {
        input = Try(() => Find(InputDevice.GetAll(), name) is { } device ? new DryWetInput(device, null, heard) : null, "listened to", name, out reason);
        return input is not null;
    }

    /// <inheritdoc/>
    public bool TryPlay(string name, [NotNullWhen(true)] out IMidiOutput? output, out string reason)
    {
        output = Try(() => Find(OutputDevice.GetAll(), name) is { } device ? new DryWetOutput(device, null) : null, "played to", name, out reason);
        return output is not null;
    }

    /// <inheritdoc/>
    public bool TryMakeInput(string name, Action<ShortMessage> heard, [NotNullWhen(true)] out IDisposable? input, out string reason)
    {
        input = Try(() => VirtualDevice.Create(name) is var made ? new DryWetInput(made.InputDevice, made, heard) : null, "made", name, out reason);
        return input is not null;
    }

    /// <inheritdoc/>
    public bool TryMakeOutput(string name, [NotNullWhen(true)] out IMidiOutput? output, out string reason)
    {
        output = Try(() => VirtualDevice.Create(name) is var made ? new DryWetOutput(made.OutputDevice, made) : null, "made", name, out reason);
        return output is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_watcher is not { } watcher) return;
        _watcher = null;
        watcher.DeviceAdded -= Tell;
        watcher.DeviceRemoved -= Tell;
    }

    private static T? Try<T>(Func<T?> open, string done, string name, out string reason)
        where T : class
    {
        try
        {
            var opened = open();
            reason = opened is null ? $"{name} is not there." : "";
            return opened;
        }
        catch (Exception e) when (DryWetFault.Is(e))
        {
            reason = $"{name} cannot be {done}; another program may hold it: {e.Message}";
            return null;
        }
    }

    // All but the one that is wanted hold handles of the system's.
    private static T? Find<T>(IEnumerable<T> devices, string name)
        where T : MidiDevice
    {
        var all = devices.ToList();
        var at = MidiPort.Distinct(all.Select(device => device.Name)).ToList().IndexOf(name);
        for (var i = 0; i < all.Count; i++)
        {
            if (i != at) all[i].Dispose();
        }

        return at < 0 ? null : all[at];
    }

    private static IReadOnlyList<string> Names<T>(IEnumerable<T> devices)
        where T : MidiDevice
    {
        var all = devices.ToList();
        var names = MidiPort.Distinct(all.Select(device => device.Name));
        foreach (var device in all) device.Dispose();
        return names;
    }

    private void Watch()
    {
        _watcher = DevicesWatcher.Instance;
        _watcher.DeviceAdded += Tell;
        _watcher.DeviceRemoved += Tell;
    }

    private void Tell(object? sender, DeviceAddedRemovedEventArgs told) => Changed?.Invoke();
}
