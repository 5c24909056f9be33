using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage.Ports;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// What the stage knows of the session behind it. Calls come from server threads, possibly several at once; they must return at once and throw nothing.
/// </summary>
public interface IStageSession : IHostClock
{
    /// <summary>The presets that <see cref="Play"/> takes.</summary>
    IReadOnlyList<StagePreset> Presets { get; }

    /// <summary>A page played <paramref name="message"/>, a channel message, at <paramref name="at"/>: never later than now, at most two seconds ago, never earlier than that page's last message.</summary>
    void Hear(HostTime at, ShortMessage message);

    /// <summary>
    /// A performer asked for something: an action, the tempo or a dial, at a time never later than now and at most two seconds ago. Of <see cref="CommandKind.Panic"/> the stage has already told every page to be silent; everything else is the session's.
    /// </summary>
    void Ask(SessionCommand command);

    /// <summary>The next control that is moved asks from then on for <paramref name="target"/>, the name of a <see cref="Engine.Session.Control.ControlTarget"/>; null: none does any more.</summary>
    void Learn(string? target);

    /// <summary>A performer asked for another preset; false when there is none of that name.</summary>
    bool Play(string preset);

    /// <summary>A performer asked to keep what is known now, to be recalled. What came of it is told to every page by <see cref="StageServer.Tell"/>.</summary>
    void Store();

    /// <summary>A performer asked to go back to what was stored.</summary>
    void Recall();

    /// <summary>A performer asked to connect one of our ports, of <see cref="StageEnd.Names"/>, with the port of exactly the name <paramref name="port"/>, or to part them. What came of it is told to every page.</summary>
    void Cable(string end, string port, bool joined);

    /// <summary>A performer asked for the transport that programs share to roll, or to stop.</summary>
    void Roll(bool rolls);

    /// <summary>Somebody looks on from now on, or nobody does: only then decisions need to be written down.</summary>
    void Watch(bool watched);

    /// <summary>The decision of that number; null when there is none, or it is kept no more.</summary>
    DecisionRecord? Find(long decision);
}
