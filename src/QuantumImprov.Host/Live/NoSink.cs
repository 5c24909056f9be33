using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Host.Live;

/// <summary>Sends nothing anywhere: the stage and the journal take the player's messages from its own list of what went out.</summary>
public sealed class NoSink : IMessageSink
{
    /// <inheritdoc/>
    [RealTime]
    public void Emit(HostTime at, ShortMessage message)
    {
    }
}
