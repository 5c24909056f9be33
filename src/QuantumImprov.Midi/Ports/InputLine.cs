using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Ports;

/// <summary>
/// One port that is listened to: stamps what comes in at the moment it comes, and hands it to the engine. Drivers call on threads of their own, now and then on several at
/// once, so the writing side has a lock; the engine's side has none. When the device is lost the keys it held come up.
/// </summary>
internal sealed class InputLine(string name, IHostClock clock, Action wake)
{
    private readonly SpscRing<TimedMessage> _ring = new(16384);
    private readonly HeldKeys _held = new();
    private readonly Lock _gate = new();
    private IDisposable? _input;
    private TimedMessage _next;
    private bool _hasNext;

    /// <summary>The port's name.</summary>
    public string Name => name;

    /// <summary>Whether the device is there. [owner]</summary>
    public bool IsOpen => _input is not null;

    /// <summary>Messages that found no room. [any]</summary>
    public long Lost => _ring.Refused;

    /// <summary>The device is there. [owner]</summary>
    public void Open(IDisposable input) => _input = input;

    /// <summary>The device is gone, or is given up: its keys come up. [owner]</summary>
    public void Close()
    {
        if (_input is not { } input) return;
        _input = null;
        input.Dispose();
        lock (_gate)
        {
            while (_held.TryRelease(out var ending)) _ring.TryWrite(new TimedMessage(clock.Now, ending));
        }

        wake();
    }

    /// <summary>A message is there. [any thread of the driver's]</summary>
    public void Hear(ShortMessage message)
    {
        if (message.Length == 0) return;
        lock (_gate)
        {
            _held.Follow(message);
            _ring.TryWrite(new TimedMessage(clock.Now, message));
        }

        wake();
    }

    /// <summary>The instant of the next message; never when there is none. [engine]</summary>
    public HostTime Next => _hasNext || (_hasNext = _ring.TryRead(out _next)) ? _next.At : HostTime.Never;

    /// <summary>Takes the message that <see cref="Next"/> told of. [engine]</summary>
    public TimedMessage Take()
    {
        _hasNext = false;
        return _next;
    }
}
