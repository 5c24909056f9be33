using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Shots;

namespace QuantumImprov.Plugin.Processing;

/// <summary>The engine's work: steps, and wishes in order.</summary>
internal sealed partial class Processor
{
    private int _learnings;
    private long _pace = Slice;
    private Incoming? _next;
    private bool _byShots;
    private long _shownChoices = long.MinValue;

    private LiveSettings Settings => ParameterTable.Settings(Preset, _values);

    private Preset Preset => ShippedPresets.Of((int)_values[ParameterTable.Preset], (int)_values[ParameterTable.Way]);

    private ulong Seed => _values[ParameterTable.Seed] > 0 ? (ulong)_values[ParameterTable.Seed] : _ownSeed;

    /// <summary>Whether shots are to choose: each is used once, so never where passes are to be the same.</summary>
    internal static bool WantsShots(ParameterValues values) => values.IsOn(ParameterTable.Shots) && values[ParameterTable.Seed] == 0;

    private bool IsRepeatable => _values[ParameterTable.Seed] > 0;

    // Carried out as soon as all that was asked before is.
    private void Ask(in Wish wish)
    {
        if (_wishes.IsFull) CatchUp();
        _wishes.Add(wish);
        Run();
    }

    // What is due at the present sample: a step, or wishes, or what the engine does by itself.
    private void Run()
    {
        _begun = true;
        var now = _clock.TimeOf(_now);
        while (true)
        {
            if (_pipeline.HasWork || !_wishes.IsEmpty)
            {
                if (_nextStep > now) return;
                if (_pipeline.HasWork) DoStep(now);
                else CarryOutFirst(now);
            }
            else
            {
                _pipeline.Advance(now);
                if (!_pipeline.HasWork) return;
                Pace(now);
            }
        }
    }

    private void DoStep(HostTime now)
    {
        var learns = _pipeline.NotesToLearn;
        var began = StepTimes.Begin();
        BeginLearning();
        _pipeline.Step(now, hand: _wishes.IsEmpty);
        EndLearning();
        StepTimes.End(began);
        _nextStep = now.Plus(learns > 0 ? _pace : Slice);
    }

    // So many notes are to be learned: how far apart the pieces are, and the first as far from now.
    private void Pace(HostTime now)
    {
        _pace = Math.Min(Slice, LearningTime / (ImprovPipeline.StepsANote * Math.Max(1, _pipeline.NotesToLearn)));
        if (_nextStep <= now) _nextStep = now.Plus(_pace);
    }

    // There is no work, and a wish.
    private void CarryOutFirst(HostTime now)
    {
        var wish = _wishes.First;
        _pipeline.Advance(wish.At);
        if (!_pipeline.HasWork) Foresee(wish);
        if (_pipeline.HasWork)
        {
            Pace(now);
            return;
        }

        _wishes.Drop();
        var began = StepTimes.Begin();
        BeginLearning();
        var heavy = CarryOut(wish);
        EndLearning();
        StepTimes.End(began);
        if (heavy) _nextStep = now.Plus(Step);
        else if (_pipeline.HasWork) Pace(now);
    }

    // What learns the whole phrase begins to do so before it is carried out.
    private void Foresee(in Wish wish)
    {
        switch (wish.Kind)
        {
            case WishKind.Message:
                _pipeline.Foresee(new TimedMessage(wish.At, wish.Message));
                break;
            case WishKind.Stop:
            case WishKind.EndCall when _pipeline.CallEndCloses:
            case WishKind.TakeOver when wish.Value > 0 && !_pipeline.IsTakenOver:
                _pipeline.Foresee(wish.At, closes: true);
                break;
            case WishKind.Freeze when wish.Value > 0:
                _pipeline.Foresee(wish.At, closes: false);
                break;
            case WishKind.Forget:
                _pipeline.ForeseeForgetting();
                break;
        }
    }

    /// <summary>Does all that was asked and begun, so that nothing of what is known is half done: before it is put away. [main], while no block is played.</summary>
    internal void Finish()
    {
        CatchUp();
        BeginLearning();
        while (_pipeline.HasWork) _pipeline.Step(_clock.TimeOf(_now), hand: false);
        EndLearning();
    }

    // More is asked than can wait: all of it is done now.
    private void CatchUp()
    {
        BeginLearning();
        while (!_wishes.IsEmpty)
        {
            var wish = _wishes.First;
            while (_pipeline.HasWork) _pipeline.Step(_clock.TimeOf(_now), hand: false);
            _pipeline.Advance(wish.At);
            if (!_pipeline.HasWork && wish.Kind == WishKind.Forget) _pipeline.ForeseeForgetting();
            if (_pipeline.HasWork) continue;
            _wishes.Drop();
            CarryOut(wish);
        }

        EndLearning();
    }

    // Odd while what is known is changing: for a piece, or until a whole phrase is forgotten.
    private void BeginLearning()
    {
        if ((_learnings & 1) == 0) Volatile.Write(ref _learnings, _learnings + 1);
    }

    private void EndLearning()
    {
        if (!_pipeline.IsForgetting) Volatile.Write(ref _learnings, _learnings + 1);
    }

    // Whether it took as long as a step does.
    private bool CarryOut(in Wish wish)
    {
        switch (wish.Kind)
        {
            case WishKind.Message:
                _pipeline.Hear(new TimedMessage(wish.At, wish.Message));
                return false;
            case WishKind.Dials:
                _pipeline.Settings = Settings;
                return false;
            case WishKind.Preset:
                _pipeline.Play(Preset);
                _pipeline.Settings = Settings;
                TuneSynth();
                return false;
            case WishKind.Mute:
                _pipeline.Mute(wish.Value > 0);
                return false;
            case WishKind.Freeze:
                _pipeline.Freeze(wish.Value > 0, wish.At);
                return true;
            case WishKind.TakeOver:
                _pipeline.TakeOver(wish.Value > 0, wish.At);
                return true;
            case WishKind.EndCall:
                _pipeline.EndCall(wish.At);
                return true;
            case WishKind.Mutate:
                _pipeline.Mutate(wish.At);
                return true;
            case WishKind.Forget:
                _pipeline.ForgetLast();
                return true;
            case WishKind.ForgetPass:
                return _pipeline.Learned.Heard.Ended > Taken.PassBegan && _pipeline.ForgetLast();
            case WishKind.Stop:
                _pipeline.Stop(wish.At);
                return true;
            case WishKind.BeginAnew:
                _pipeline.BeginAnew(Seed);
                Taken.PassBegan = _pipeline.Learned.Heard.Ended;
                return true;
            case WishKind.Follow:
                Follow(wish);
                return false;
            case WishKind.Shots:
                ChooseByShots(wish.Value > 0);
                return false;
            default:
                if (_next is not { } music) return false;
                _pipeline.Adopt(music.Music, music.Lines);
                (Taken, _next) = (music, null);
                return true;
        }
    }

    private void ChooseByShots(bool on)
    {
        _byShots = on;
        _pipeline.Answering.Banked = on ? _shots?.Source : null;
    }

    // What only shows something, when it has changed.
    private void ShowShots(DeviceShots shots)
    {
        var choices = _byShots ? shots.Source.Choices : -1;
        if (choices == _shownChoices) return;
        _shownChoices = choices;
        _values[ParameterTable.NotesByShots] = _byShots ? shots.Source.ShareOfLatest : 0;
        _values[ParameterTable.ShotsLeft] = ParameterTable.ShotsLeft.Clean(shots.Left);
    }

    private void Follow(in Wish wish) => _pipeline.Follow(SongFollower.Beside(_pipeline.Timeline, wish.At, wish.Tempo, wish.Metre, wish.Value > 0 ? wish.InBar : null));
}
