using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Pacing;

/// <summary>A sink that has something of its own to do at every turn of the player, whether anything is sent or not.</summary>
public interface ITurnedSink : IMessageSink
{
    /// <summary>A turn begins. Real-time safe. [player]</summary>
    void Turn();
}
