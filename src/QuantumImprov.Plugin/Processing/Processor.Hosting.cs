using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Plugin.Parameters;

namespace QuantumImprov.Plugin.Processing;

/// <summary>What the host moves: parameters, and its song.</summary>
internal sealed partial class Processor
{
    /// <summary>The parameter at <paramref name="index"/> of the table stands at <paramref name="value"/> from <paramref name="offset"/> samples on.</summary>
    internal void Turn(int offset, int index, double value)
    {
        var parameter = ParameterTable.All[index];
        if (parameter.IsMeter) return;
        Reach(offset);
        value = parameter.Clean(value);
        var before = _values[index];
        if (value == before) return;
        var on = value > 0 ? 1 : 0;
        // The partner's notes end where they began.
        if (parameter == ParameterTable.Channel) SilenceNow();
        _values[index] = value;
        var at = _clock.TimeOf(_now);
        switch (parameter.Symbol)
        {
            case var _ when ParameterTable.IsDial(index): Ask(new Wish(at, WishKind.Dials)); break;
            case "preset" or "way": Ask(new Wish(at, WishKind.Preset)); break;
            case "channel": _channel = (int)value - 1; TuneSynth(); break;
            case "mute": Ask(new Wish(at, WishKind.Mute) { Value = on }); break;
            case "take_over": Ask(new Wish(at, WishKind.TakeOver) { Value = on }); break;
            case "freeze": Ask(new Wish(at, WishKind.Freeze) { Value = on }); break;
            case "end_call" when on > 0: Ask(new Wish(at, WishKind.EndCall)); break;
            case "mutate" when on > 0: Ask(new Wish(at, WishKind.Mutate)); break;
            case "forget" when on > 0: Ask(new Wish(at, WishKind.Forget)); break;
            case "panic" when on > 0: Panic(); break;
            case "seed": BeginPass(at); AskForShots(at); break;
            case "shots": AskForShots(at); break;
            case "bypass" when on > 0: Silence(); Ask(new Wish(at, WishKind.Stop)); break;
        }
    }

    /// <summary>What the host says of its song at <paramref name="offset"/> samples.</summary>
    internal void Follow(int offset, in SongPlace told)
    {
        Reach(offset);
        var change = _song.Hear(_now, told);
        if (change == SongChange.None) return;
        var at = _clock.TimeOf(_now);
        var replan = false;
        if ((change & (SongChange.Started | SongChange.Stopped | SongChange.Jumped)) != 0)
        {
            replan = (change & SongChange.Jumped) != 0 && !IsRepeatable && _pipeline.Ahead.IsActive && !_pipeline.IsPhraseOpen;
            Silence();
            Ask(new Wish(at, WishKind.Stop));
        }

        if ((change & (SongChange.Started | SongChange.Jumped)) != 0 && IsRepeatable) BeginPass(at);
        if (_song.KnowsTempo && (change & SongChange.Beat) != 0)
            Ask(new Wish(at, WishKind.Follow) { Tempo = _song.Tempo, Metre = _song.Metre, InBar = _song.InBar, Value = _song.IsPlaying ? 1 : 0 });
        if (replan) Ask(new Wish(at, WishKind.Mutate));
    }

    // Everything begins as it did in the pass before: what that one taught is forgotten, as far as phrases can be.
    private void BeginPass(HostTime at)
    {
        Ask(new Wish(at, WishKind.Stop));
        for (var i = 0; i < LearnedMusic.MostForgotten; i++) Ask(new Wish(at, WishKind.ForgetPass));
        Ask(new Wish(at, WishKind.BeginAnew));
        _clock.Rebase(_now);
    }

    // The worker may begin at once; the notes from here on.
    private void AskForShots(HostTime at)
    {
        if (_shots is null) return;
        var wanted = WantsShots(_values);
        _shots.IsWanted = wanted;
        Ask(new Wish(at, WishKind.Shots) { Value = wanted ? 1 : 0 });
    }

    private void Panic()
    {
        _player.Panic();
        foreach (var key in _passed.Release()) Send(key);
        Ask(new Wish(_clock.TimeOf(_now), WishKind.Stop));
    }

    // Ends what sounds at this very sample.
    private void SilenceNow()
    {
        Silence();
        PlayUntil(_now + 1, flush: true);
    }
}
