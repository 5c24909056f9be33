using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>What a host gives a plugin within a block: a message, or (with a parameter's place in the table) a value.</summary>
internal readonly record struct HostedEvent(int Offset, ShortMessage Message, int Parameter = -1, double Value = 0);
