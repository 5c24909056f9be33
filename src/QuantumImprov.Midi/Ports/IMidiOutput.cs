using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Ports;

/// <summary>An open port that can be played to.</summary>
public interface IMidiOutput : IDisposable
{
    /// <summary>Sends <paramref name="message"/> now; false when the device is gone or refuses it. Never throws. [player]</summary>
    bool TrySend(ShortMessage message);
}
