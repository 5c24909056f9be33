using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Tests.Pipeline;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>A performer, a session and time.</summary>
internal sealed class Scene : IDisposable
{
    private readonly PartnerRecording _sink = new();
    private readonly List<TimedMessage> _heard = [];
    private HostTime _now;

    public Scene(int[][] taught, IWorker? worker = null, Preset? preset = null, Preset[]? presets = null, ControlMap? controls = null, bool mayHearItself = false)
    {
        var setup = new SessionSetup(preset ?? new Preset { MaxCopy = 6 }, ForgettingTests.Taught(taught), 5, Tempo.FromBpm(120), default, default) { Presets = [.. presets ?? []], Controls = controls ?? ControlMap.None, MayHearItself = mayHearItself };
        Session = new ImprovSession(worker is null ? setup : setup with { Worker = worker });
    }

    public ImprovSession Session { get; }

    public HostTime Now => _now;

    public LearnedMusic Learned => Session.Learned;

    public IEnumerable<TimedMessage> Sent => _sink.Messages;

    public IEnumerable<TimedMessage> Heard => _heard;

    public void Play(int[] pitches)
    {
        PlayKeys(pitches);
        // Five bars after the phrase began the next may begin, at the same place of the bar.
        Until(new HostTime((_now.Nanoseconds / 10_000_000_000 + 1) * 10_000_000_000));
    }

    public void PlayKeys(int[] pitches)
    {
        foreach (var pitch in pitches)
        {
            Send(ShortMessage.NoteOn(0, pitch, 80));
            Rest(.2);
            Send(ShortMessage.NoteOff(0, pitch));
            Rest(.05);
        }
    }

    public void Ask(CommandKind kind, double value = 0, RepertoireContent? content = null) => Command(new SessionCommand(_now, kind, value) { Content = content });

    public void Command(SessionCommand command)
    {
        Session.Submit(command);
        Session.Advance(_now);
    }

    public void Rest(double seconds) => Until(_now.PlusSeconds(seconds));

    public void Until(Func<bool> there)
    {
        while (!there()) Rest(.01);
    }

    public void Until(HostTime end)
    {
        while (_now < end)
        {
            var next = HostTime.Min(end, _now.PlusSeconds(.01));
            Session.Advance(next);
            Session.Player.Turn(_now, next, _sink);
            _now = next;
        }
    }

    public void Dispose() => Session.Dispose();

    public void Send(ShortMessage message)
    {
        _heard.Add(new TimedMessage(_now, message));
        Session.Hear(_heard[^1]);
    }
}
