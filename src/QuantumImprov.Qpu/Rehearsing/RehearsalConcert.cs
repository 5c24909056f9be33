using System.Collections.Immutable;
using QuantumImprov.Engine.Choosing.Banked;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Qpu.Rehearsing;

/// <summary>
/// One run of a rehearsal on virtual time: the real shaping, choosing, lookahead and player, a stream of notes without a rest, a performer who teaches phrases on the way, and a bank that is supplied by whatever <see cref="Supply"/> does. Each answer
/// is chosen as late as its first note allows, so that the bank is asked at the pace of the music.
/// </summary>
internal sealed class RehearsalConcert
{
    private const long Step = 50_000_000, Tick = 250_000_000, TendEvery = 1_000_000_000;
    private const int NotesAnAnswer = 32, HearEvery = 3;

    private readonly RehearsalOptions _options;
    private readonly LearnedMusic _learned;
    private readonly Answering _answering;
    private readonly PlanAhead _ahead;
    private readonly Player _player = new();
    private readonly PartnerRecording _recording = new();
    private readonly Timeline _timeline;
    private readonly Call _model = new();
    private readonly Xoshiro _pit;
    private readonly int _total, _split;
    private readonly List<HostTime> _planned = [];
    private int _chosen, _observed, _answers;

    internal RehearsalConcert(RehearsalOptions options)
    {
        _options = options;
        _total = (int)Math.Round(options.Minutes * 60 * options.NotesPerSecond);
        _split = options.NotesPerSecond switch { < 1 => 1, <= 5 => 1, <= 10 => 2, <= 20 => 4, _ => 8 };
        _timeline = new Timeline(Tempo.FromBpm(options.NotesPerSecond * 60 / _split), default, Beats.Zero, default);
        _learned = options.Learned();
        _learned.PlayWith(options.Preset);
        Banked = new BankedChoosing(new ShotBank(options.Pure), new ContextClasses(options.Pure ? ContextClasses.PureCoins : 0)) { Observer = Observe };
        _answering = new Answering(_learned, options.Preset, options.Seed) { Banked = Banked };
        _ahead = new PlanAhead(_player);
        _pit = new Xoshiro(Xoshiro.Derive(options.Seed, 103));
        _model.Take([.. Enumerable.Range(0, NotesAnAnswer).Select(i => new CallNote(At(i), Note, (byte)(60 + (i % 12)), 80))]);
        BankPriming.Prime(Banked, _learned, options.Preset, options.NotesPerSecond);
        _answering.StandAt(_learned.Members.NewLine());
    }

    /// <summary>Called four times a second of virtual time.</summary>
    internal Action<DateTimeOffset> Supply { get; set; } = _ => { };

    /// <summary>Called before every step with the instant it begins at: in real time it waits for it.</summary>
    internal Action<HostTime> Pace { get; set; } = _ => { };

    internal BankedChoosing Banked { get; }

    internal int[] Bins { get; } = new int[20];

    /// <summary>Every pitch chosen, and whether a shot chose it, in order.</summary>
    internal List<(int Pitch, bool Banked, HostTime At)> Choices { get; } = [];

    internal int Waits { get; private set; }

    internal long Late { get; private set; }

    internal static DateTimeOffset Start { get; } = DateTimeOffset.UnixEpoch;

    private Beats Note => new(Beats.PerQuarter / _split);

    internal void Play(IProgress<double>? progress)
    {
        var end = _timeline.ToHost(At(_total)).Plus(1_000_000_000);
        // The bank is filled before anybody plays only as far as the first notes leave time for it: none.
        for (var now = default(HostTime); now < end; now = now.Plus(Step))
        {
            Pace(now);
            if (now.Nanoseconds % Tick == 0) Supply(Wall(now));
            if (now.Nanoseconds % TendEvery == 0) Banked.Tend(Wall(now));
            while (_chosen < _total && _ahead.Waiting.IsEmpty) Choose(now);
            _ahead.Turn(now, _timeline);
            _player.Turn(now, now.Plus(Step), _recording);
            while (_player.TryReadEmitted(out _))
            {
            }

            if (now.Nanoseconds % (TendEvery * 5) == 0) progress?.Report(Math.Min(1, now.Nanoseconds / (double)end.Nanoseconds));
        }

        var sounded = _recording.Messages.Where(m => m.Message.IsNoteOn).Select(m => m.At).ToList();
        Late = _player.Late + _planned.Zip(sounded).Count(p => p.Second > p.First) + Math.Abs(_planned.Count - sounded.Count);
    }

    internal static DateTimeOffset Wall(HostTime time) => Start + TimeSpan.FromTicks(time.Nanoseconds / 100);

    private Beats At(int note) => Note * note;

    private void Choose(HostTime now)
    {
        var notes = new List<AheadNote>(NotesAnAnswer);
        var key = _learned.Performer.Key.Knows ? _learned.Performer.Key.Key : default;
        var start = At(_chosen);
        var bars = (int)Math.Ceiling((Note * NotesAnAnswer).Ticks / (double)_timeline.Metre.Bar.Ticks);
        _answering.Continue(_model, bars, start, _timeline with { BarOrigin = start }, key, null, notes);
        if (_timeline.ToHost(start) < now.Plus(20_000_000) && _chosen > 0) Waits++;
        _ahead.Begin(At(_chosen + notes.Count), now);
        foreach (var note in notes.Take(_total - _chosen))
        {
            // One after the other on the grid: what is rehearsed is the pace, not the rhythm.
            var on = At(_chosen++);
            _ahead.Add(note with { On = on, Off = on + new Beats(Note.Ticks * 9 / 10) });
            Choices.Add((note.Pitch, note.Origin.Batch is not null, now));
            _planned.Add(HostTime.Max(_timeline.ToHost(on), now.Plus(PlanAhead.SoonestStart)));
        }

        if (_options.Drifts && ++_answers % HearEvery == 0) Hear(_answers / HearEvery);
    }

    // A known phrase in another place: what is wanted after it drifts.
    private void Hear(int number)
    {
        var phrase = number * 7 % Math.Max(1, _learned.Archive.Count);
        LearnedNote[] heard = [.. _learned.Archive.Notes(phrase)];
        var up = (number / 5 % 9) - 4;
        ImmutableArray<LearnedNote> moved = [.. heard.Select(n => n with { Pitch = new Pitch(Math.Clamp(n.Pitch.Number + up, 0, 127)) })];
        foreach (var note in moved) _learned.Hear(note.Pitch.Number);
        _learned.EndPhrase(new LearnedPhrase(moved, _learned.Archive.Metre(phrase), LearnedPhrase.FromPerformer));
    }

    private void Observe(ReadOnlySpan<double> law, int index, DrawKind kind)
    {
        // The last answer is longer than what is left to play.
        if (_observed++ >= _total) return;
        var below = 0.0;
        for (var x = 0; x < index; x++) below += law[x];
        Bins[Math.Clamp((int)((below + (law[index] * _pit.NextDouble())) * Bins.Length), 0, Bins.Length - 1)]++;
    }
}
