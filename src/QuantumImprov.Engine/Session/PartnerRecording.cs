using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Engine.Session;

/// <summary>Keeps everything the player sends. For virtual time only: it allocates.</summary>
public sealed class PartnerRecording : IMessageSink
{
    private readonly List<TimedMessage> _messages = [];

    /// <summary>What was sent, in order.</summary>
    public ImmutableArray<TimedMessage> Messages => [.. _messages];

    /// <inheritdoc/>
    public void Emit(HostTime at, ShortMessage message) => _messages.Add(new TimedMessage(at, message));

    /// <inheritdoc/>
    public void Repeat(HostTime at, ShortMessage message) => Emit(at, message);
}
