namespace QuantumImprov.Midi.Jack;

/// <summary>A port in the graph of a JACK server.</summary>
/// <param name="Name">Full name, <c>client:port</c>.</param>
/// <param name="IsMidi">Whether it carries MIDI; otherwise audio.</param>
/// <param name="IsInput">Whether data goes into it; otherwise data comes out of it.</param>
/// <param name="IsPhysical">Whether it stands for a device.</param>
public sealed record JackPort(string Name, bool IsMidi, bool IsInput, bool IsPhysical);
