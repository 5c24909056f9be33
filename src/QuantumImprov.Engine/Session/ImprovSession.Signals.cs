using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Engine.Session;

/// <summary>What goes out beside the music: the clock, a light.</summary>
public sealed partial class ImprovSession
{
    private readonly ClockOut? _clock;
    private int _lit = -1;
    private bool _signalsOver;

    /// <summary>The music is over at <paramref name="now"/>: the clock stops and the light goes out. [engine]</summary>
    public void EndSignals(HostTime now)
    {
        _signalsOver = true;
        _clock?.End(now);
        if (_controls.Map.Light is { } light && _lit > StateLight.Idle) Show(light, StateLight.Idle, now);
    }

    private void Signal(HostTime now)
    {
        _clock?.Turn(now, Pipeline.Timeline);
        if (_signalsOver || _controls.Map.Light is not { } light) return;
        var state = Pipeline.IsPhraseOpen ? StateLight.Listening
            : !Pipeline.Ahead.IsActive ? StateLight.Idle
            : Pipeline.Ahead.FirstSound(Pipeline.Timeline) > now ? StateLight.Ready : StateLight.Playing;
        if (state != _lit) Show(light, state, now);
    }

    private void Show(StateLight light, int state, HostTime now)
    {
        _lit = state;
        Player.TrySignal(new TimedMessage(now, ShortMessage.Control(light.Channel - 1, light.Controller, state)));
    }
}
