using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Pacing;

/// <summary>Writes down which note-on came when. Its memory is taken beforehand.</summary>
internal sealed class PacedPeer(IHostClock clock, int capacity) : IMessageSink
{
    private readonly TimedMessage[] _heard = new TimedMessage[capacity];
    private int _count;

    /// <summary>Note-ons so far. [any]</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Note-on number <paramref name="index"/>.</summary>
    public TimedMessage this[int index] => _heard[index];

    /// <summary>A message is there. [one thread]</summary>
    [RealTime]
    public void Hear(ShortMessage message)
    {
        if (!message.IsNoteOn || _count == _heard.Length) return;
        _heard[_count] = new TimedMessage(clock.Now, message);
        Volatile.Write(ref _count, _count + 1);
    }

    /// <inheritdoc/>
    [RealTime]
    public void Emit(HostTime at, ShortMessage message) => Hear(message);
}
