using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Processing;

/// <summary>Which of the performer's keys were passed through and are still down: their ends are passed whatever has been switched meanwhile. Allocates nothing. [audio]</summary>
internal sealed class PassedKeys
{
    private readonly bool[] _down = new bool[16 * 128];
    private readonly ShortMessage[] _ends = new ShortMessage[16 * 128];

    /// <summary>Whether <paramref name="message"/> is to go through while others do (<paramref name="passing"/>) or do not.</summary>
    internal bool Passes(ShortMessage message, bool passing)
    {
        if (!message.IsNoteOn && !message.IsNoteOff) return passing;
        ref var down = ref _down[message.Channel << 7 | message.Data1 & 127];
        if (message.IsNoteOn) return down = passing || down;
        var passes = passing || down;
        down = false;
        return passes;
    }

    /// <summary>The ends of all that are down, which then no longer are.</summary>
    internal ReadOnlySpan<ShortMessage> Release()
    {
        var count = 0;
        for (var key = 0; key < _down.Length; key++)
        {
            if (!_down[key]) continue;
            _down[key] = false;
            _ends[count++] = ShortMessage.NoteOff(key >> 7, key & 127);
        }

        return _ends.AsSpan(0, count);
    }
}
