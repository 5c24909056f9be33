using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Presets;
using QuantumImprov.Host.Stage;

namespace QuantumImprov.Host.Live;

/// <summary>The session as the stage sees it.</summary>
/// <param name="engine">Its thread.</param>
/// <param name="clock">Its clock.</param>
/// <param name="ports">Takes what is asked of the ports.</param>
/// <param name="keep">Told to store what is known (true), or to recall what was stored; from any thread, and returns at once.</param>
public sealed class LiveStage(EngineLoop engine, IHostClock clock, PortDesk ports, Action<bool> keep) : IStageSession
{
    /// <inheritdoc/>
    public HostTime Now => clock.Now;

    /// <inheritdoc/>
    public IReadOnlyList<StagePreset> Presets { get; } = [.. PresetLibrary.All.Select(p => new StagePreset(p.Name, p.Preset.About))];

    /// <inheritdoc/>
    public void Hear(HostTime at, ShortMessage message) => engine.Hear(at, message);

    /// <inheritdoc/>
    public void Ask(SessionCommand command) => engine.Submit(command);

    /// <inheritdoc/>
    public void Learn(string? target) => engine.Submit(new SessionCommand(clock.Now, CommandKind.Learn) { Name = target });

    /// <inheritdoc/>
    public bool Play(string preset)
    {
        foreach (var (name, _, found) in PresetLibrary.All)
        {
            if (name != preset) continue;
            engine.Submit(new SessionCommand(clock.Now, CommandKind.Preset) { Preset = found, Name = name });
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public void Store() => keep(true);

    /// <inheritdoc/>
    public void Recall() => keep(false);

    /// <inheritdoc/>
    public void Cable(string end, string port, bool joined) => ports.Cable(PortDesk.EndOf(end), port, joined);

    /// <inheritdoc/>
    public void Roll(bool rolls) => ports.Roll(rolls);

    /// <inheritdoc/>
    public void Watch(bool watched) => engine.Watch(watched);

    /// <inheritdoc/>
    public DecisionRecord? Find(long decision) => engine.Find(decision);
}
