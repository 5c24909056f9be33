using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Processing;

/// <summary>
/// What goes to the host in a block, in order of time. A host that takes less than there is gets the rest at the beginning of the next block: no note-off is ever lost. When hosts take nothing for long, note-ons are left out, and note-offs
/// still find room. All memory is taken at construction. [audio]
/// </summary>
internal sealed class PlayedMessages
{
    private const int Capacity = 16_384, KeptForEndings = 6_144;
    private readonly PlayedMessage[] _messages = new PlayedMessage[Capacity];
    private int _count;

    /// <summary>Note-ons and other beginnings that were left out.</summary>
    internal long LeftOut { get; private set; }

    /// <summary>What there is.</summary>
    internal ReadOnlySpan<PlayedMessage> All => _messages.AsSpan(0, _count);

    /// <summary>Appends.</summary>
    internal void Add(int offset, ShortMessage message)
    {
        if (_count >= (message.IsNoteOff ? Capacity : Capacity - KeptForEndings))
        {
            LeftOut++;
            return;
        }

        if (_count > 0) offset = Math.Max(offset, _messages[_count - 1].Offset);
        _messages[_count++] = new PlayedMessage(offset, message);
    }

    /// <summary>The host has taken the first <paramref name="taken"/>; the rest is for the beginning of the next block.</summary>
    internal void Keep(int taken)
    {
        _count -= taken;
        for (var i = 0; i < _count; i++) _messages[i] = new PlayedMessage(0, _messages[taken + i].Message);
    }
}
