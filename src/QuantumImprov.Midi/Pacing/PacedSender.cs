using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Midi.Pacing;

/// <summary>Sends into one open port.</summary>
internal sealed class PacedSender(IMidiOutput output) : IMessageSink
{
    /// <inheritdoc/>
    [RealTime]
    public void Emit(HostTime at, ShortMessage message) => output.TrySend(message);
}
