using System.Collections.Immutable;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Host.Live;
using QuantumImprov.Host.Presets;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Journal;
using QuantumImprov.Testing;

namespace QuantumImprov.Host.Tests.Replaying;

/// <summary>
/// A session as <c>play</c> runs it, with its journal, on a clock of its own: the engine looks in at uneven times and a little behind the clock, the player plays period after period ahead of it, and workers are ready when they are.
/// </summary>
internal sealed class RecordedConcert : IDisposable
{
    private const long Tick = 500_000;

    private readonly Xoshiro _random;
    private readonly SessionJournal _journal;
    private readonly SessionScribe _scribe;
    private readonly PartnerRecording _sink = new();
    private readonly Queue<(TimedMessage Message, long Late)> _arriving = new();
    private readonly List<TimedMessage> _toPlayer = [];
    private HostTime _now = new(7_123_456_789), _heard, _playedAt, _turned, _nextRound, _nextTurn;

    internal RecordedConcert(Scratch scratch, string preset = "answer", double? tempo = 120, ulong seed = 4, Func<SessionSetup, SessionSetup>? change = null, RepertoireContent? known = null, params long[] workTakes)
    {
        _random = new Xoshiro(seed);
        var (text, plays) = PresetLibrary.Find(preset);
        var setup = new SessionSetup(plays, known is null ? ShippedRepertoire.Learn() : LearnedMusic.From(known), seed, tempo is { } bpm ? Tempo.FromBpm(bpm) : null, default, _now)
        {
            Worker = new TardyWorker(() => _now, new Queue<long>(workTakes)), Controls = ControlMap.Default, Presets = PresetLibrary.InOrder(plays),
        };
        setup = change is null ? setup : change(setup);
        Session = new ImprovSession(setup);
        _now = _turned = _now.Plus(3_000_000);
        Path = scratch[$"session-{Guid.NewGuid():N}.journal"];
        _journal = SessionJournal.Start(Path, SessionScribe.Begin(setup, text, known, _now), TimeProvider.System);
        _scribe = new SessionScribe(Session, _journal);
    }

    internal string Path { get; }

    internal ImprovSession Session { get; }

    internal HostTime Now => _now;

    /// <summary>Notes the partner sent.</summary>
    internal int Sent => _sink.Messages.Count(m => m.Message.IsNoteOn);

    /// <summary>Keys, each for so long, told so late.</summary>
    internal void Play(string pitches, double seconds = .24, long late = 0)
    {
        foreach (var name in pitches.Split(' '))
        {
            var pitch = Pitch.TryParse(name, out var read) ? read.Number : throw new ArgumentException(name);
            Send(ShortMessage.NoteOn(0, pitch, 60 + _random.NextInt(40)), late);
            Rest(seconds * .8 + _random.NextDouble() * .004);
            Send(ShortMessage.NoteOff(0, pitch), late);
            Rest(seconds * .2);
        }
    }

    internal void Send(ShortMessage message, long late = 0)
    {
        _arriving.Enqueue((new TimedMessage(_now, message), late));
        _toPlayer.Add(new TimedMessage(_now, message));
    }

    internal void Ask(CommandKind kind, double value = 0, string? name = null, RepertoireContent? content = null) =>
        Session.Submit(new SessionCommand(_now, kind, value) { Name = name, Content = content, Preset = kind == CommandKind.Preset ? PresetLibrary.Find(name).Preset : null });

    internal void Song(SongPlace place) => Session.HearSong(_heard, _now, place);

    internal T Errand<T>(Func<ImprovSession, T> errand) => errand(Session);

    internal void Rest(double seconds)
    {
        for (var until = _now.PlusSeconds(seconds); _now < until; _now = _now.Plus(Tick))
        {
            if (_now >= _nextTurn) Turn();
            if (_now >= _nextRound) Round();
        }
    }

    /// <summary>The engine does nothing for so long, and then what has come due meanwhile.</summary>
    internal void Hang(double seconds)
    {
        _nextRound = _now.PlusSeconds(seconds);
        Rest(seconds + .1);
    }

    /// <summary>Ends the session as <c>play</c> does, and gives what its journal tells.</summary>
    internal SessionRecord Close()
    {
        Ask(CommandKind.Panic);
        Rest(.1);
        Session.Pipeline.Finish(_now);
        if (!_journal.Close()) throw new InvalidOperationException(_journal.Status.Sentence);
        return Read(Path);
    }

    internal static SessionRecord Read(string path) => JournalReader.Read(path) is JournalReading.Recovered { Session: var session } ? session : throw new InvalidOperationException(path);

    public void Dispose()
    {
        _journal.Dispose();
        Session.Dispose();
    }

    private void Turn()
    {
        _nextTurn = _now.Plus(2_000_000 + _random.NextInt(1_500_000));
        var until = _now.Plus(PlayerThread.Ahead);
        if (until <= _turned) return;
        Session.Player.Turn(_turned, until, _sink, [.. _toPlayer]);
        _toPlayer.Clear();
        _turned = until;
    }

    // As the engine's loop does.
    private void Round()
    {
        _nextRound = _now.Plus(1_000_000 + _random.NextInt(8_000_000));
        while (_arriving.TryPeek(out var arrived) && arrived.Message.At.Plus(arrived.Late) <= _now)
        {
            _arriving.Dequeue();
            (_heard, _playedAt) = (HostTime.Max(_heard, arrived.Message.At), HostTime.Max(_playedAt, arrived.Message.At));
            var told = arrived.Message with { At = _heard };
            if (Session.Hear(told, _playedAt)) _scribe.Hear(told, _playedAt);
        }

        _heard = HostTime.Max(_heard, _now.Plus(-EngineLoop.BehindPorts));
        Session.Advance(_heard);
        while (Session.Player.TryReadEmitted(out var message)) _scribe.Send(message);
    }
}
