using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Plugin.Parameters;

namespace QuantumImprov.Plugin.Processing;

/// <summary>The partner's sound, when it is wanted.</summary>
internal sealed partial class Processor
{
    private const int Volume = 7, AllSoundOff = 120;
    private bool _sounded;
    private int _carried;
    private double _volume = double.NaN;

    // What is carried over from a block the host did not take belongs to its first sample.
    private void Render(Span<float> left, Span<float> right)
    {
        if (left.IsEmpty || right.IsEmpty) return;
        if (!_values.IsOn(ParameterTable.Sound) || _values.IsOn(ParameterTable.Bypass))
        {
            if (_sounded) _synth.Reset();
            _sounded = false;
            left.Clear();
            right.Clear();
            return;
        }

        if (!_sounded || _volume != _values[ParameterTable.Volume]) TuneSynth();
        _sounded = true;
        var done = 0;
        foreach (var (offset, message) in _played.All[_carried..])
        {
            var at = Math.Clamp(offset, done, left.Length);
            if (at > done) _synth.Render(left[done..at], right[done..at]);
            done = at;
            if (IsPartner(message.Channel) || !message.IsNoteOn) _synth.Handle(message);
        }

        if (done < left.Length) _synth.Render(left[done..], right[done..]);
    }

    private void TuneSynth()
    {
        _volume = _values[ParameterTable.Volume];
        for (var channel = 0; channel < 16; channel++)
        {
            _synth.Handle(ShortMessage.Program(channel, _pipeline.Preset.Program - 1));
            _synth.Handle(ShortMessage.Control(channel, Volume, (int)Math.Round(_volume * 127)));
        }

        for (var number = 2; number <= VoiceRules.Most; number++)
        {
            if (_pipeline.Preset.Voice(number) is { IsOn: true, Program: > 0 } voice) _synth.Handle(ShortMessage.Program(ChannelOf(number - 1), voice.Program - 1));
        }
    }

    // The leading voice is heard on the channel that was asked for, the others on those after it.
    private int ChannelOf(int voice) => (_channel + voice) % 16;

    private bool IsPartner(int channel)
    {
        var voice = (channel - _channel + 16) % 16;
        return voice == 0 || (voice < VoiceRules.Most && _pipeline.Preset.Voice(voice + 1).IsOn);
    }
}
