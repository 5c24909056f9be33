using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Ports;

/// <summary>
/// The narrow door to a system's MIDI service, and all that an adapter to a library has to be. It keeps no memory of what was open: what comes and goes, is lost and
/// comes back is the business of <see cref="DevicePorts"/>. Every member but the event is called by one thread at a time and none of them throws.
/// </summary>
public interface IMidiDevices : IDisposable
{
    /// <summary>What it goes through, for people, such as <c>Core MIDI</c>.</summary>
    string Name { get; }

    /// <summary>Whether the system lets a program make ports of its own that others see.</summary>
    bool MakesPorts { get; }

    /// <summary>Something may have come or gone; raised on any thread, and not by every system. [any]</summary>
    event Action? Changed;

    /// <summary>What is there now, made ports among them. [owner]</summary>
    IReadOnlyList<MidiPort> List();

    /// <summary>
    /// Listens to the port <paramref name="name"/>. <paramref name="heard"/> is called on threads of the driver's the moment a message is there; after the input was
    /// disposed it is not called any more. System exclusive data is passed over. [owner]
    /// </summary>
    bool TryListen(string name, Action<ShortMessage> heard, [NotNullWhen(true)] out IDisposable? input, out string reason);

    /// <summary>Opens the port <paramref name="name"/> for playing. [owner]</summary>
    bool TryPlay(string name, [NotNullWhen(true)] out IMidiOutput? output, out string reason);

    /// <summary>Makes a port that others play to and we hear. Only where <see cref="MakesPorts"/>. [owner]</summary>
    bool TryMakeInput(string name, Action<ShortMessage> heard, [NotNullWhen(true)] out IDisposable? input, out string reason);

    /// <summary>Makes a port that others listen to and we play to. Only where <see cref="MakesPorts"/>. [owner]</summary>
    bool TryMakeOutput(string name, [NotNullWhen(true)] out IMidiOutput? output, out string reason);
}
