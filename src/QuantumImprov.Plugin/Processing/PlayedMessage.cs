using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Processing;

/// <summary>A message of the block that goes to the host.</summary>
/// <param name="Offset">Samples after the block's first.</param>
/// <param name="Message">A MIDI message.</param>
internal readonly record struct PlayedMessage(int Offset, ShortMessage Message);
