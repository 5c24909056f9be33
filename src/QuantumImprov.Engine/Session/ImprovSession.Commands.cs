using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session.Control;

namespace QuantumImprov.Engine.Session;

/// <summary>Carries out commands.</summary>
public sealed partial class ImprovSession
{
    /// <summary>How many repertoires there can be to go to.</summary>
    public const int MostRepertoires = 1 << 14;

    private const double MostLateTap = 2_000;
    private int _repertoire;
    private int? _repertoireAsked;
    private HostTime _now;
    private readonly TapTempo _taps = new();

    /// <summary>Which repertoire is played with; 0: the one the session began with. [engine]</summary>
    public int Repertoire => _repertoire;

    /// <summary>
    /// From now on what is known is <paramref name="content"/>, repertoire <paramref name="number"/>, which is called <paramref name="name"/>; gives what was known until this moment, nothing left out, to be put together by whoever calls the function.
    /// Null, and nothing was done, while the performer is in a phrase or something else is being changed. [engine]
    /// </summary>
    public Func<RepertoireContent>? TryGoTo(int number, RepertoireContent content, string? name)
    {
        if (Pipeline.IsPhraseOpen || Pipeline.ChangePending) return null;
        var before = Learned.View();
        ApplyAt(new SessionCommand(_now, CommandKind.Repertoire, number) { Content = content, Name = name }, _now);
        return before;
    }

    /// <summary>Repertoire <paramref name="number"/> is not asked for any more: it was gone to, or cannot be had. [engine]</summary>
    public void GiveUpRepertoire(int number)
    {
        if (_repertoireAsked == number) _repertoireAsked = null;
    }

    // What was held back of the controls' moves, each at its own instant.
    private void MoveControls(HostTime now)
    {
        while (_controls.TakeDue(now, out var command)) ApplyAt(command, command.At);
    }

    private void ApplyAt(in SessionCommand command, HostTime at)
    {
        Pipeline.Advance(at);
        Apply(command, at);
        Pipeline.Advance(at);
    }

    private void Apply(SessionCommand asked, HostTime now)
    {
        if (Resolve(asked, now) is not { } command) return;
        CarriedOut?.Invoke(command with { At = now });
        switch (command.Kind)
        {
            case CommandKind.Panic:
                Pipeline.Stop(now);
                Player.Panic();
                break;
            case CommandKind.Reset:
                Pipeline.Stop(now);
                break;
            case CommandKind.Tempo:
                State();
                Pipeline.Follow(Pipeline.Timeline.WithTempo(Tempo.FromBpm(Math.Clamp(command.Value, Tempo.Slowest, Tempo.Fastest)), now));
                break;
            case CommandKind.Tap:
                Tap(now.Plus((long)(command.Value * -1e6)), now);
                break;
            case CommandKind.Sync:
                Follows((TimeSources)(int)command.Value);
                break;
            case CommandKind.Dial when Dial.Find(command.Name) is { } dial:
                Pipeline.Settings = dial.Turn(Pipeline.Settings, Math.Clamp(command.Value, 0, 1));
                break;
            case CommandKind.Forget:
                Pipeline.Change(MusicChange.ForgetLast);
                break;
            case CommandKind.Keep:
                Pipeline.Change(MusicChange.KeepLast((int)Math.Clamp(command.Value, 0, int.MaxValue)));
                break;
            case CommandKind.Favour:
                Pipeline.Change(MusicChange.Favour((int)Math.Clamp(command.Value, 0, int.MaxValue)));
                break;
            case CommandKind.Clear:
                Pipeline.Change(MusicChange.Clear);
                break;
            case CommandKind.Load when command.Content is { } content:
                Pipeline.Change(MusicChange.Load(content));
                break;
            case CommandKind.Repertoire when command.Content is { } content:
                Pipeline.Change(MusicChange.GoTo(content));
                _repertoire = (int)command.Value;
                GiveUpRepertoire(_repertoire);
                break;
            case CommandKind.Undo:
                Pipeline.Change(MusicChange.Undo);
                break;
            case CommandKind.Preset when command.Preset is { } preset:
                Pipeline.Play(preset);
                break;
            case CommandKind.Mute:
                Pipeline.Mute(command.Value > 0);
                break;
            case CommandKind.TakeOver:
                Pipeline.TakeOver(command.Value > 0, now);
                break;
            case CommandKind.Freeze:
                Pipeline.Freeze(command.Value > 0, now);
                break;
            case CommandKind.EndCall:
                Pipeline.EndCall(now);
                break;
            case CommandKind.Mutate:
                Pipeline.Mutate(now);
                break;
        }
    }

    // What was asked, so told that it means the same whatever the session knows: a switch that is turned over is on or off, the next preset has a name. Null: it means nothing.
    private SessionCommand? Resolve(in SessionCommand command, HostTime now)
    {
        if (double.IsNaN(command.Value)) return null;
        return command.Kind switch
        {
            CommandKind.Mute => command with { Value = Switched(command.Value, Pipeline.IsMuted) },
            CommandKind.TakeOver => command with { Value = Switched(command.Value, Pipeline.IsTakenOver) },
            CommandKind.Freeze => command with { Value = Switched(command.Value, Pipeline.IsFrozen) },
            CommandKind.Tap when command.Value == 0 => command with { Value = Math.Clamp(now.Since(command.At) * 1e-6, -MostLateTap, MostLateTap) },
            CommandKind.Tap => command with { Value = Math.Clamp(command.Value, -MostLateTap, MostLateTap) },
            CommandKind.Sync => command with { Value = command.Value < 0 ? ((int)_follows + 1) % ((int)TimeSources.All + 1) : Math.Clamp(Math.Floor(command.Value), 0, (int)TimeSources.All) },
            CommandKind.Learn => Learn(command.Name),
            CommandKind.Repertoire when command.Content is null => Seek((int)Math.Clamp(command.Value, 0, MostRepertoires - 1)),
            CommandKind.NextPreset => Named(Next()),
            CommandKind.Program => Named((int)Math.Clamp(command.Value, -1, int.MaxValue)),
            _ => command,
        };
    }

    private SessionCommand? Learn(string? target)
    {
        _controls.Learn(ControlTarget.Find(target));
        return null;
    }

    private SessionCommand? Seek(int repertoire)
    {
        _repertoireAsked = repertoire == _repertoire ? null : repertoire;
        return null;
    }

    private static double Switched(double asked, bool on) => asked < 0 ? (on ? 0 : 1) : asked > 0 ? 1 : 0;

    private int Next()
    {
        if (_setup.Presets.IsEmpty) return -1;
        for (var i = 0; i < _setup.Presets.Length; i++)
        {
            if (_setup.Presets[i].Name == Pipeline.Preset.Name) return (i + 1) % _setup.Presets.Length;
        }

        return 0;
    }

    private SessionCommand? Named(int preset) =>
        preset >= 0 && preset < _setup.Presets.Length ? new SessionCommand(default, CommandKind.Preset) { Preset = _setup.Presets[preset], Name = _setup.Presets[preset].Name } : null;

    // While time is kept with a clock, the clock says where the beat is.
    private void Tap(HostTime at, HostTime now)
    {
        if (!_taps.Tap(at, now, Pipeline.Timeline, out var tapped) || Pipeline.SharesTime(now)) return;
        State();
        _tapped = true;
        Pipeline.Follow(tapped);
    }
}
