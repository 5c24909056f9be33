using Melanchall.DryWetMidi.Multimedia;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Midi.DryWet;

/// <summary>A port of the library's that is played to.</summary>
internal sealed class DryWetOutput : IMidiOutput
{
    private readonly OutputDevice _device;
    private readonly IDisposable? _owner;
    private readonly EventWriting _writing = new();

    /// <summary>Opens the device; <paramref name="owner"/> is disposed of in its place where it is a part of something. Where it cannot be opened it is closed again.</summary>
    public DryWetOutput(OutputDevice device, IDisposable? owner)
    {
        (_device, _owner) = (device, owner);
        try
        {
            device.PrepareForEventsSending();
        }
        catch (Exception e) when (DryWetFault.Is(e))
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool TrySend(ShortMessage message)
    {
        try
        {
            // What the library has no event for cannot be sent, and that is no fault of the device.
            if (_writing.Write(message) is { } midi) _device.SendEvent(midi);
            return true;
        }
        catch (Exception e) when (DryWetFault.Is(e))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => DryWetFault.Ignore(_owner is null ? _device.Dispose : _owner.Dispose);
}
