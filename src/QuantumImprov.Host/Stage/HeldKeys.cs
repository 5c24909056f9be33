using System.Collections;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Stage;

/// <summary>The keys and pedals one page holds down, so that a page that goes away leaves none. [one thread]</summary>
internal sealed class HeldKeys
{
    private readonly BitArray _keys = new(16 * 128), _pedals = new(16 * 128);

    /// <summary>Whether <paramref name="message"/> lets go of a key or pedal that is held.</summary>
    public bool Releases(ShortMessage message) =>
        (message.IsNoteOff && _keys[Index(message)]) || (IsPedal(message) && message.Data2 < 64 && _pedals[Index(message)]);

    public void Note(ShortMessage message)
    {
        if (message.IsNoteOn || message.IsNoteOff) _keys[Index(message)] = message.IsNoteOn;
        else if (IsPedal(message)) _pedals[Index(message)] = message.Data2 >= 64;
    }

    /// <summary>What lets go of everything held; afterwards nothing is.</summary>
    public IEnumerable<ShortMessage> LetGo()
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i]) yield return ShortMessage.NoteOff(i >> 7, i & 127);
            if (_pedals[i]) yield return ShortMessage.Control(i >> 7, i & 127, 0);
            _keys[i] = _pedals[i] = false;
        }
    }

    private static bool IsPedal(ShortMessage message) => message.Kind == 0xB0 && message.Data1 is (64 or 66 or 67);

    private static int Index(ShortMessage message) => message.Channel << 7 | message.Data1;
}
