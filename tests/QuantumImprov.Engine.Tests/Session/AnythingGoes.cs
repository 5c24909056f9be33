using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>
/// Does anything that can happen to a session, one deed after the other, beside a model of what must hold: every note-on of the partner has one note-off, times never go back, what the performer let go is not followed
/// any more, and after a panic and some time nothing sounds or waits.
/// </summary>
internal sealed class AnythingGoes : IDisposable
{
    /// <summary>How many kinds of deeds there are.</summary>
    public const int Kinds = 22;

    // Two voices share a channel, and one enters late.
    private static readonly Preset Quartet = new()
    {
        Voice2 = VoiceRules.Off with { Channel = 2, Low = new(36), High = new(60) },
        Voice3 = VoiceRules.Off with { Channel = 2, Delay = 1, Interval = -2, Plays = new Preset { Chain = "walk" } },
        Voice4 = VoiceRules.Off with { Channel = 4, Density = 1, Interval = 2 },
    };

    private static readonly Preset[] Presets =
    [
        new(), .. Enum.GetValues<WayOfPlaying>().Select(way => new Preset { Way = WayRules.Default with { Way = way, Bars = 1 } }),
        new() { Channel = 4, Chain = "grover" }, new() { Melody = MelodyVoice.Bottom, Chain = "walk" },
        new() { Lookahead = 0 }, Quartet with { Lookahead = .2 }, Quartet with { Way = WayRules.Default with { Way = WayOfPlaying.Duet }, Lookahead = 0 },
        Quartet, Quartet with { Way = WayRules.Default with { Way = WayOfPlaying.Follow } }, Quartet with { Way = WayRules.Default with { Way = WayOfPlaying.Duet } },
    ];

    private static readonly ControlMap Controls = new(
        "all",
        [.. ControlMap.Default.Bindings, new(new ControlSource(IsNote: true, 41, 2), ControlTarget.Find("tap")!), new(new ControlSource(IsNote: true, 43), ControlTarget.Find("takeover")!)],
        programs: true);

    // Loading needs something to load.
    private static readonly CommandKind[] Asked = [.. Enum.GetValues<CommandKind>().Where(k => k is not CommandKind.Load)];

    private readonly Model _model = new();
    private readonly ImprovSession _session;
    private readonly List<TimedMessage> _heard = [];
    private HostTime _now;

    public AnythingGoes(LearnedMusic learned, ulong seed) =>
        _session = new ImprovSession(new SessionSetup(new Preset(), learned, seed, null, Metre.Of(4, 4), default) { Presets = [.. Presets], Controls = Controls });

    /// <summary>One deed of <paramref name="kind"/>, 0 to <see cref="Kinds"/> - 1; <paramref name="a"/> and <paramref name="b"/>, 0 to 127, say which.</summary>
    public void Do(int kind, int a, int b)
    {
        switch (kind)
        {
            case <= 5: Hear(ShortMessage.NoteOn(a % 3, 40 + b % 40, 1 + a)); Pass(20 + b); break;
            case <= 8: Hear(ShortMessage.NoteOff(a % 3, 40 + b % 40)); break;
            case 9: Hear(ShortMessage.Control(a % 3, (byte)(b % 8) switch { 0 => 64, 1 => 66, 2 => 67, 3 => 123, 4 => 120, 5 => 121, 6 => 1, _ => b }, (a & 1) * 127)); break;
            case 10: Clock(a, b); break;
            case 11: Hear(new ShortMessage((byte)(0x80 | b), (byte)a, (byte)b)); break;
            case 12: ReleaseAll(); Pass(300 + (8 * a)); break;
            case 13: Pass(1 + (a * 10)); break;
            case 14: _session.Pipeline.Play(Presets[a % Presets.Length]); break;
            case 15: Ask(Asked[a % Asked.Length], (b / 40.0) - 1); break;
            case 16: Ask(CommandKind.Tempo, 20 + (3 * a)); break;
            case 17: _session.Follow(_session.Pipeline.Timeline.WithTempo(Tempo.FromBpm(30 + (2 * b)), _now)); break;
            case 18: LosePort(); break;
            case 19: Hear(ShortMessage.Control(a % 2, Controls.Bindings[b % Controls.Bindings.Length].Source.Number, a)); break;
            case 20: Learn(a, b); break;
            default: _session.Pipeline.Hush(); break;
        }
    }

    /// <summary>Everybody lets go, the last phrase ends, somebody presses panic: then all must be still.</summary>
    public void ComeToRest()
    {
        _session.Pipeline.Play(Presets[0]);
        ReleaseAll();
        Pass(2500);
        Ask(CommandKind.Panic, 0);
        Pass(100);
        Assert.Equal((0, 0), (_session.Player.Sounding, _session.Player.Pending));
        Assert.Empty(_model.Sounding);
        Assert.Equal(_model.Ons, _model.Offs);
        Assert.Equal(0, _session.Player.Refused);
        Assert.False(_session.Pipeline.IsPhraseOpen);
    }

    public void Dispose() => _session.Dispose();

    private void Hear(ShortMessage message)
    {
        var heard = new TimedMessage(_now, message);
        _session.Hear(heard);
        _heard.Add(heard);
    }

    private void Clock(int a, int b)
    {
        ShortMessage[] words = [new(0xFA, 0, 0), new(0xFB, 0, 0), new(0xFC, 0, 0), new(0xF2, (byte)a, (byte)(b % 8))];
        if (a % 5 == 0) Hear(words[b % words.Length]);
        for (var tick = 0; tick < a / 3; tick++)
        {
            Hear(new ShortMessage(0xF8, 0, 0));
            Pass(4 + (b / 5));
        }
    }

    private void Learn(int a, int b)
    {
        _session.Submit(new SessionCommand(_now, CommandKind.Learn) { Name = a % 3 == 0 ? null : ControlTarget.All[a % ControlTarget.All.Length].Name });
        _session.Advance(_now);
        Hear(a % 2 == 0 ? ShortMessage.NoteOn(a % 3, 40 + (b % 40), 1 + a) : ShortMessage.Control(a % 3, b, 127 - a));
    }

    private void ReleaseAll()
    {
        for (var channel = 0; channel < 16; channel++) Hear(ShortMessage.Control(channel, 123, 0));
        for (var channel = 0; channel < 16; channel++) Hear(ShortMessage.Control(channel, 64, 0));
        Hear(ShortMessage.Control(0, 67, 0));
    }

    // What a port does that goes away: the keys it held are let go, and the last note-offs are said again when it is back.
    private void LosePort()
    {
        _session.Player.ReleaseKeys();
        _session.Player.RepeatEndings();
        ReleaseAll();
    }

    private void Ask(CommandKind kind, double value)
    {
        _session.Submit(new SessionCommand(_now, kind, value));
        _session.Advance(_now);
    }

    private void Pass(int milliseconds)
    {
        for (var left = milliseconds; left > 0; left -= 100)
        {
            var next = _now.Plus(Math.Min(left, 100) * 1_000_000L);
            _session.Advance(next);
            _session.Player.Turn(_now, next, _model, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_heard));
            while (_session.Player.TryReadEmitted(out _))
            {
            }

            _heard.Clear();
            _now = next;
        }
    }

    /// <summary>Who listens to the partner.</summary>
    private sealed class Model : IMessageSink
    {
        private HostTime _last;

        public HashSet<(int Channel, int Pitch)> Sounding { get; } = [];

        public int Ons { get; private set; }

        public int Offs { get; private set; }

        public void Emit(HostTime at, ShortMessage message)
        {
            Assert.True(at >= _last, "time went back");
            _last = at;
            var key = (message.Channel, (int)message.Data1);
            if (message.IsNoteOn)
            {
                Ons++;
                Assert.True(Sounding.Add(key), $"{message} begins while it sounds");
            }
            else if (message.IsNoteOff)
            {
                Offs++;
                Assert.True(Sounding.Remove(key), $"{message} ends what does not sound");
            }
        }

        public void Repeat(HostTime at, ShortMessage message) => Assert.True(message.IsNoteOff && !Sounding.Contains((message.Channel, message.Data1)), $"{message} was said again while the pitch sounds");
    }
}
