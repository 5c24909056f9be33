using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;

namespace QuantumImprov.Engine.Session;

/// <summary>What goes out beside the music: the clock, a light, programs.</summary>
public sealed partial class ImprovSession
{
    private readonly ClockOut? _clock;
    private int _lit = -1;
    private bool _signalsOver;
    private Preset? _sounds;

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
        if (!ReferenceEquals(_sounds, Pipeline.Preset)) ChoosePrograms(Pipeline.Preset, now);
        if (_signalsOver || _controls.Map.Light is not { } light) return;
        var state = Pipeline.IsPhraseOpen ? StateLight.Listening
            : !Pipeline.Ahead.IsActive ? StateLight.Idle
            : Pipeline.Ahead.FirstSound(Pipeline.Timeline) > now ? StateLight.Ready : StateLight.Playing;
        if (state != _lit) Show(light, state, now);
    }

    // The voices beside the leading one ask for their sounds; the leading one, with whose sound every channel begins, only when a preset with another takes the place of one.
    private void ChoosePrograms(Preset preset, HostTime now)
    {
        if (_sounds is { } before && (before.Program != preset.Program || before.Channel != preset.Channel)) ChooseProgram(preset.Channel, preset.Program, now);
        for (var number = 2; number <= VoiceRules.Most; number++)
        {
            if (preset.Voice(number) is { IsOn: true, Program: > 0 } voice) ChooseProgram(voice.Channel, voice.Program, now);
        }

        _sounds = preset;
    }

    private void ChooseProgram(int channel, int program, HostTime now) => Player.TrySignal(new TimedMessage(now, ShortMessage.Program(channel - 1, program - 1)));

    private void Show(StateLight light, int state, HostTime now)
    {
        _lit = state;
        Player.TrySignal(new TimedMessage(now, ShortMessage.Control(light.Channel - 1, light.Controller, state)));
    }
}
