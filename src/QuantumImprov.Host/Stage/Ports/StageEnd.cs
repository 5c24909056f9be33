using System.Collections.Immutable;

namespace QuantumImprov.Host.Stage.Ports;

/// <summary>One of our own ports, for the pages. Immutable.</summary>
/// <param name="Name">Which: one of <see cref="Names"/>.</param>
/// <param name="Port">Its full name.</param>
/// <param name="Others">Whatever it can be connected with, and what it waits for.</param>
public sealed record StageEnd(string Name, string Port, ImmutableArray<StagePort> Others)
{
    /// <summary>MIDI in, MIDI out and the two of the sound.</summary>
    public static ImmutableArray<string> Names { get; } = ["in", "out", "left", "right"];
}
