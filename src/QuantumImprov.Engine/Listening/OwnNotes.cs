using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// Knows the partner's own notes when they come back: through a cable, or a track that passes on what it records. What has channel, pitch and velocity of a note that has left and was to sound at most <see cref="Window"/> before is one, once; a
/// performer who strikes the same key just as hard at the same time is taken for it. Allocates nothing after construction. [engine]
/// </summary>
public sealed class OwnNotes
{
    /// <summary>How late a note may come back, in nanoseconds.</summary>
    public const long Window = 30_000_000;

    // As many as can be on their way: handed over a quarter of a second ahead, chords and all.
    private const int Kept = 128;

    private readonly (HostTime Left, HostTime On, int Channel, int Pitch, int Velocity)[] _sent = new (HostTime, HostTime, int, int, int)[Kept];
    private readonly bool[] _held = new bool[16 * 128];
    private int _next;

    /// <summary>A note that will leave at <paramref name="left"/> and sound at <paramref name="on"/>.</summary>
    /// <param name="left">When it leaves: a cable brings it back from then on.</param>
    /// <param name="on">When it sounds: there, or later where the output lets it wait.</param>
    /// <param name="channel">0 to 15.</param>
    /// <param name="pitch">0 to 127.</param>
    /// <param name="velocity">1 to 127.</param>
    public void Send(HostTime left, HostTime on, int channel, int pitch, int velocity)
    {
        _sent[_next] = (left, on, channel, pitch, velocity);
        _next = (_next + 1) % Kept;
    }

    /// <summary>Whether <paramref name="message"/> is one of them, or its end.</summary>
    public bool Hears(in TimedMessage message)
    {
        var m = message.Message;
        if (m.IsNoteOff)
        {
            ref var held = ref _held[m.Channel << 7 | m.Data1 & 0x7F];
            var own = held;
            held = false;
            return own;
        }

        if (!m.IsNoteOn) return false;
        for (var i = 0; i < Kept; i++)
        {
            ref var sent = ref _sent[i];
            if (sent.Velocity != m.Data2 || sent.Pitch != m.Data1 || sent.Channel != m.Channel || message.At < sent.Left || message.At.Since(sent.On) > Window) continue;
            sent.Velocity = 0;
            _held[m.Channel << 7 | m.Data1] = true;
            return true;
        }

        // The performer has the key now.
        _held[m.Channel << 7 | m.Data1 & 0x7F] = false;
        return false;
    }
}
