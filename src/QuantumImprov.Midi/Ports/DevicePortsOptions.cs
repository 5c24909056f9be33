using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Pacing;

namespace QuantumImprov.Midi.Ports;

/// <summary>What <see cref="DevicePorts"/> are opened with.</summary>
public sealed record DevicePortsOptions
{
    /// <value>The system's MIDI service; disposed of with the ports.</value>
    public required IMidiDevices Devices { get; init; }

    /// <value>Whose notes go out; the ports alone run its turns.</value>
    public required Player Player { get; init; }

    /// <value>What the ports we make are called, followed by " in" and " out". Default <c>quantumimprov</c>.</value>
    public string PortName { get; init; } = "quantumimprov";

    /// <value>Tells the time. Default: the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <value>The session's clock, where somebody else needs it before the ports are there. Null (the default): one of their own.</value>
    public IHostClock? Clock { get; init; }

    /// <value>
    /// What sounds here: gets each message up to two milliseconds before its instant, on the player's thread, and must be real-time safe. Null (the default): nothing.
    /// </value>
    public IMessageSink? Sound { get; init; }

    /// <value>Makes what wakes the player's thread. Default: the system's own.</value>
    public Func<IAlarm> Alarm { get; init; } = SystemAlarm.Create;
}
