using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage;

namespace QuantumImprov.Host.Live;

/// <summary>The session as the stage sees it.</summary>
public sealed class LiveStage(EngineLoop engine, IHostClock clock) : IStageSession
{
    /// <inheritdoc/>
    public HostTime Now => clock.Now;

    /// <inheritdoc/>
    public void Hear(HostTime at, ShortMessage message) => engine.Hear(at, message);

    /// <inheritdoc/>
    public void Panic() => engine.Submit(new SessionCommand(clock.Now, CommandKind.Panic));

    /// <inheritdoc/>
    public void Forget() => engine.Submit(new SessionCommand(clock.Now, CommandKind.Forget));

    /// <inheritdoc/>
    public void Keep(int phrases) => engine.Submit(new SessionCommand(clock.Now, CommandKind.Keep, phrases));

    /// <inheritdoc/>
    public void Clear() => engine.Submit(new SessionCommand(clock.Now, CommandKind.Clear));
}
