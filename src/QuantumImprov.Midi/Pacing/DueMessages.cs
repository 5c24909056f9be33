using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Pacing;

/// <summary>Messages the player has sent ahead of their instant, in order, until it comes. All memory is taken at construction. [player]</summary>
internal sealed class DueMessages : IMessageSink
{
    /// <summary>More than a full player can send in one turn: two messages a note that waits, one a note that sounds, and a panic.</summary>
    public const int Capacity = 16384;

    private readonly SpscRing<TimedMessage> _waiting = new(Capacity);
    private readonly IMessageSink? _early;
    private TimedMessage _next;
    private bool _hasNext;

    /// <summary>What is sent also goes to <paramref name="early"/>, if any, at once: to what has a delay of its own.</summary>
    public DueMessages(IMessageSink? early) => _early = early;

    /// <summary>The instant of the first that waits; never when none does.</summary>
    [RealTime]
    public HostTime Next => Look() ? _next.At : HostTime.Never;

    /// <inheritdoc/>
    [RealTime]
    public void Emit(HostTime at, ShortMessage message)
    {
        _early?.Emit(at, message);
        _waiting.TryWrite(new TimedMessage(at, message));
    }

    /// <inheritdoc/>
    [RealTime]
    public void Signal(HostTime at, ShortMessage message)
    {
        if (message.IsProgram) _early?.Emit(at, message);
        _waiting.TryWrite(new TimedMessage(at, message));
    }

    /// <summary>Takes the first message whose instant is not after <paramref name="now"/>; false when there is none.</summary>
    [RealTime]
    public bool TryTake(HostTime now, out TimedMessage message)
    {
        message = default;
        if (!Look() || _next.At > now) return false;
        message = _next;
        _hasNext = false;
        return true;
    }

    [RealTime]
    private bool Look() => _hasNext || (_hasNext = _waiting.TryRead(out _next));
}
