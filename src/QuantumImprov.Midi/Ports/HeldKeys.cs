using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Ports;

/// <summary>Which keys of sixteen channels are down, and which of their pedals. One thread at a time.</summary>
internal sealed class HeldKeys
{
    private const int Pedal = 64, Words = 32;
    private readonly ulong[] _down = new ulong[Words];
    private int _pedals;

    /// <summary>Whether nothing is held.</summary>
    [RealTime]
    public bool IsEmpty
    {
        get
        {
            foreach (var word in _down)
            {
                if (word != 0) return false;
            }

            return _pedals == 0;
        }
    }

    /// <summary>Takes note of a message that has passed.</summary>
    [RealTime]
    public void Follow(ShortMessage message)
    {
        if (message.IsNoteOn) _down[WordOf(message)] |= BitOf(message);
        else if (message.IsNoteOff) _down[WordOf(message)] &= ~BitOf(message);
        else if (message.Kind == 0xB0) FollowControl(message);
    }

    /// <summary>Takes note of a message that ends something but could not be sent, so that it is owed. True when it is one.</summary>
    [RealTime]
    public bool Owe(ShortMessage message)
    {
        if (message.IsNoteOff) _down[WordOf(message)] |= BitOf(message);
        else if (message.Kind == 0xB0 && message.Data1 == Pedal && message.Data2 < 64) _pedals |= 1 << message.Channel;
        else return false;
        return true;
    }

    /// <summary>Takes one thing that is held, as the message that ends it; false when nothing is.</summary>
    [RealTime]
    public bool TryRelease(out ShortMessage ending)
    {
        for (var word = 0; word < Words; word++)
        {
            if (_down[word] == 0) continue;
            var bit = System.Numerics.BitOperations.TrailingZeroCount(_down[word]);
            _down[word] &= _down[word] - 1;
            ending = ShortMessage.NoteOff(word / 2, word % 2 * 64 + bit);
            return true;
        }

        ending = default;
        if (_pedals == 0) return false;
        var channel = System.Numerics.BitOperations.TrailingZeroCount(_pedals);
        _pedals &= _pedals - 1;
        ending = ShortMessage.Control(channel, Pedal, 0);
        return true;
    }

    // 120 to 127 end the channel's notes (all sound off, all notes off, the modes); 121 lifts its pedal.
    [RealTime]
    private void FollowControl(ShortMessage message)
    {
        if (message.Data1 == Pedal && message.Data2 >= 64) _pedals |= 1 << message.Channel;
        else if (message.Data1 is Pedal or 121) _pedals &= ~(1 << message.Channel);
        else if (message.Data1 is 120 or >= 123) (_down[message.Channel * 2], _down[message.Channel * 2 + 1]) = (0, 0);
    }

    [RealTime]
    private static int WordOf(ShortMessage message) => message.Channel * 2 + message.Data1 / 64;

    [RealTime]
    private static ulong BitOf(ShortMessage message) => 1UL << (message.Data1 & 63);
}
