namespace QuantumImprov.Midi.Ports;

/// <summary>How live ports fare, counted since they were opened. Immutable.</summary>
/// <param name="Words">How MIDI is had, in a few words.</param>
/// <param name="LostInput">Messages that came in and found no room.</param>
public sealed record PortHealth(string Words, long LostInput)
{
    /// <summary>Periods that JACK lost; null without JACK.</summary>
    public long? Xruns { get; init; }

    /// <summary>Periods whose turn the player missed; null without JACK.</summary>
    public long? MissedTurns { get; init; }
}
