using Melanchall.DryWetMidi.Multimedia;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.DryWet;

/// <summary>A port of the library's that is listened to. Its events carry no time: whoever hears stamps.</summary>
internal sealed class DryWetInput : IDisposable
{
    private readonly InputDevice _device;
    private readonly IDisposable? _owner;
    private readonly Action<ShortMessage> _heard;
    private volatile bool _closed;

    /// <summary>Starts listening; <paramref name="owner"/> is disposed of in the device's place where the device is a part of something. Where it cannot be listened to it is closed again.</summary>
    public DryWetInput(InputDevice device, IDisposable? owner, Action<ShortMessage> heard)
    {
        (_device, _owner, _heard) = (device, owner, heard);
        try
        {
            device.RaiseMidiTimeCodeReceived = false;
            device.EventReceived += Hear;
            device.StartEventsListening();
        }
        catch (Exception e) when (DryWetFault.Is(e))
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_closed) return;
        _closed = true;
        _device.EventReceived -= Hear;
        DryWetFault.Ignore(_device.StopEventsListening);
        DryWetFault.Ignore(_owner is null ? _device.Dispose : _owner.Dispose);
    }

    private void Hear(object? sender, MidiEventReceivedEventArgs received)
    {
        if (!_closed && EventReading.TryRead(received.Event, out var message)) _heard(message);
    }
}
