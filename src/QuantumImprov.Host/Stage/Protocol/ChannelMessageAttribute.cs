namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>On bytes: they are one channel message of MIDI, a status and as many data bytes as it has.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ChannelMessageAttribute : Attribute;
