using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// Knows which keys the performer holds. Turns messages into key events, whatever comes: doubled note-ons, note-offs without note-on, garbage. Channel 10
/// (percussion) is not heard as pitch, unless an instrument has it for one of its notes; the sustain pedal does not hold a key. Allocates nothing. [engine]
/// </summary>
public sealed class Keyboard
{
    private const int Percussion = 9;
    private readonly bool[] _held = new bool[16 * 128];
    private readonly byte[] _pitch = new byte[16 * 128];
    private readonly ExpressionZones _zones = new();

    /// <summary>Whether channel 10 is a note's own on an instrument that gives each of them one.</summary>
    public bool HearsPercussionAsPitch => _zones.IsMember(Percussion);

    /// <summary>Keys that are down, on all channels together.</summary>
    public int Held { get; private set; }

    /// <summary>What <paramref name="message"/> did.</summary>
    public KeyEvent Hear(TimedMessage message)
    {
        var m = message.Message;
        var none = new KeyEvent(message.At, KeyChange.None, 0, 0);
        if (m.Status is < 0x80 or >= 0xF0 || m.Data1 > 127 || m.Data2 > 127) return m.Status == 0xFF ? ReleaseAll(message.At) : none;
        _zones.Hear(m);
        var slot = m.Channel * 128 + m.Data1;
        // A key that went down as pitch comes up as pitch, whatever was said meanwhile.
        if (m.Channel == Percussion && !HearsPercussionAsPitch && !(m.IsNoteOff && _held[slot])) return none;
        if (m.IsNoteOn)
        {
            if (!_held[slot]) Held++;
            _held[slot] = true;
            _pitch[slot] = (byte)_zones.PitchOf(m.Channel, m.Data1);
            return new KeyEvent(message.At, KeyChange.Down, _pitch[slot], m.Data2);
        }

        if (m.IsNoteOff)
        {
            if (!_held[slot]) return none;
            _held[slot] = false;
            Held--;
            return new KeyEvent(message.At, KeyChange.Up, _pitch[slot], 0);
        }

        return m.Kind == 0xB0 && m.Data1 is 120 or 123 or 121 ? ReleaseAll(message.At) : none;
    }

    private KeyEvent ReleaseAll(HostTime at)
    {
        if (Held == 0) return new KeyEvent(at, KeyChange.None, 0, 0);
        Array.Clear(_held);
        Held = 0;
        return new KeyEvent(at, KeyChange.AllUp, 0, 0);
    }
}
