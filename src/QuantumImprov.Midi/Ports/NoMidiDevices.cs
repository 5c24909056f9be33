using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Ports;

/// <summary>A system without MIDI: for ports that only run the player into a sound device.</summary>
public sealed class NoMidiDevices : IMidiDevices
{
    private const string Reason = "This build reaches no MIDI devices.";

    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public bool MakesPorts => false;

    /// <inheritdoc/>
    public event Action? Changed
    {
        add { }
        remove { }
    }

    /// <inheritdoc/>
    public IReadOnlyList<MidiPort> List() => [];

    /// <inheritdoc/>
    public bool TryListen(string name, Action<ShortMessage> heard, [NotNullWhen(true)] out IDisposable? input, out string reason)
    {
        (input, reason) = (null, Reason);
        return false;
    }

    /// <inheritdoc/>
    public bool TryPlay(string name, [NotNullWhen(true)] out IMidiOutput? output, out string reason)
    {
        (output, reason) = (null, Reason);
        return false;
    }

    /// <inheritdoc/>
    public bool TryMakeInput(string name, Action<ShortMessage> heard, [NotNullWhen(true)] out IDisposable? input, out string reason) => TryListen(name, heard, out input, out reason);

    /// <inheritdoc/>
    public bool TryMakeOutput(string name, [NotNullWhen(true)] out IMidiOutput? output, out string reason) => TryPlay(name, out output, out reason);

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
