using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>Where the player's messages go: a JACK port buffer, a recording, a stage. Called on the player's thread; must be real-time safe there.</summary>
public interface IMessageSink
{
    /// <summary>Sends <paramref name="message"/> to sound at <paramref name="at"/>; times never decrease within one turn of the player.</summary>
    void Emit(HostTime at, ShortMessage message);

    /// <summary>Sends what is no music: a tick of the clock, a light, a program. What leads to other devices needs it, and for programs what leads to a synth. <paramref name="at"/> as in <see cref="Emit"/>.</summary>
    [RealTime]
    void Signal(HostTime at, ShortMessage message)
    {
    }

    /// <summary>Sends once more what was sent before, for receivers that may have lost it; sinks that lose nothing do nothing. <paramref name="at"/> as in <see cref="Emit"/>.</summary>
    [RealTime]
    void Repeat(HostTime at, ShortMessage message)
    {
    }
}
