using QuantumImprov.Audio.Synth;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Shots;

namespace QuantumImprov.Plugin.Processing;

/// <summary>
/// Block in, events out: the engine driven by a host's samples and by nothing else. Everything happens at samples that follow from the events' own times, never from where blocks begin: the same events give the same notes in
/// blocks of any sizes. What takes long, learning, forgetting, planning and choosing, is done piece by piece, a dozen to a note, one at a time at fixed samples, while everything after it waits in order; so it comes out as if it had been done at once. All memory is taken
/// at construction; no thread, clock or lock is used. [audio]
/// </summary>
internal sealed partial class Processor : IMessageSink
{
    /// <summary>For the pieces of a note that is learned or chosen together, and after a wish that takes as long, in nanoseconds.</summary>
    internal const long Step = 1_000_000;

    /// <summary>From one piece of that to the next at most, in nanoseconds.</summary>
    internal const long Slice = Step / ImprovPipeline.StepsANote;

    /// <summary>A phrase is learned within this time however long it is, in nanoseconds, so that its answer can begin as soon as it ever does (<see cref="PlanAhead.SoonestStart"/>).</summary>
    internal const long LearningTime = 24_000_000;

    private readonly ParameterValues _values;
    private readonly Player _player = new();
    private readonly ImprovPipeline _pipeline;
    private readonly SampleClock _clock;
    private readonly SongFollower _song;
    private readonly WishQueue _wishes = new();
    private readonly PlayedMessages _played = new();
    private readonly TimedMessage[] _heard = new TimedMessage[256];
    private readonly PassedKeys _passed = new();
    private readonly BuiltInSynth _synth;
    private readonly ulong _ownSeed;
    private readonly DeviceShots? _shots;
    private int _heardCount, _channel;
    private long _blockStart, _now, _playingUntil, _reach;
    private HostTime _nextStep;
    private bool _begun;
    private readonly ParameterValues _requested = new();
    private int _requests, _requestsTaken;
    private Incoming? _incoming;

    /// <summary>A processor at the beginning of time.</summary>
    /// <param name="values">Where the parameters stand; others write them through <see cref="Turn"/> alone.</param>
    /// <param name="music">What is known; made ready by <see cref="Incoming"/>.</param>
    /// <param name="rate">Samples a second.</param>
    /// <param name="ownSeed">What is drawn from where the seed parameter says 0.</param>
    /// <param name="shots">Shots that were handed over; null: none.</param>
    internal Processor(ParameterValues values, Incoming music, double rate, ulong ownSeed, DeviceShots? shots = null)
    {
        (_values, _clock, _song, _ownSeed, _shots) = (values, new SampleClock(rate), new SongFollower(rate), ownSeed, shots);
        _synth = new BuiltInSynth((int)Math.Clamp(Math.Round(rate), 8_000, 384_000));
        _pipeline = new ImprovPipeline(music.Music, Preset, _player, new Timeline(default, default, Beats.Zero, default), tempoKnown: false, Seed, new WorkInTurn(), inSteps: true);
        _pipeline.Prepare(ShippedPresets.Playable);
        _pipeline.Hush();
        _channel = (int)values[ParameterTable.Channel] - 1;
        _pipeline.Mute(values.IsOn(ParameterTable.Mute));
        if (values.IsOn(ParameterTable.Freeze)) _pipeline.Freeze(true, default);
        _pipeline.Settings = Settings;
        ChooseByShots(WantsShots(values));
        TuneSynth();
        Taken = music;
        for (var i = 0; i < ParameterTable.All.Length; i++) _requested[i] = double.NaN;
    }

    /// <summary>What is known, and where a pass of the song began in it. [any]</summary>
    internal Incoming Taken { get; private set; }

    /// <summary>What goes to the host.</summary>
    internal PlayedMessages Played => _played;

    /// <summary>Counts up before and after everything that changes what was learned: odd while it changes. [any]</summary>
    internal int Learnings => Volatile.Read(ref _learnings);

    /// <summary>Notes of the partner that sound. [any]</summary>
    internal int Sounding => _player.Sounding;

    /// <summary>Notes whose instant had passed when they reached the player. [any]</summary>
    internal long Late => _player.Late;

    /// <summary>Answers made. [any]</summary>
    internal ulong Answers => _pipeline.Answering.Answers;

    /// <summary>Notes of the performer that were learned since this music is known. [any]</summary>
    internal long NotesLearned => _pipeline.Learned.NotesHeard;

    /// <summary>Other music is to be known from the next block on; what was brought before and not taken yet is dropped. [any]</summary>
    internal void Bring(Incoming music) => Volatile.Write(ref _incoming, music);

    /// <summary>The parameter at <paramref name="index"/> is to stand at <paramref name="value"/> from the next block on. [any]</summary>
    internal void Request(int index, double value)
    {
        _requested[index] = value;
        Volatile.Write(ref _requests, _requests + 1);
    }

    /// <summary>What was brought and is not known yet; null: nothing. [any]</summary>
    internal Incoming? Waiting => Volatile.Read(ref _incoming) ?? Volatile.Read(ref _next);

    /// <summary>Where the parameter at <paramref name="index"/> stands, or will with the next block. [any]</summary>
    internal double Wanted(int index) => _requested[index] is var wanted && double.IsNaN(wanted) ? _values[index] : wanted;

    /// <summary>A block of <paramref name="frames"/> samples begins.</summary>
    internal void Begin(int frames)
    {
        (_blockStart, _playingUntil) = (_now, _now + frames);
        TakeRequests();
        if (Interlocked.Exchange(ref _incoming, null) is not { } music) return;
        Silence();
        _next = music;
        Ask(new Wish(_clock.TimeOf(_now), WishKind.Stop));
        Ask(new Wish(_clock.TimeOf(_now), WishKind.Adopt));
    }

    /// <summary>A message of the performer at <paramref name="offset"/> samples, no earlier than what came before it.</summary>
    internal void Hear(int offset, ShortMessage message)
    {
        Reach(offset);
        var passes = _values.IsOn(ParameterTable.Bypass) || _values.IsOn(ParameterTable.Thru);
        if (_passed.Passes(message, passes)) Send(message);
        if (_values.IsOn(ParameterTable.Bypass)) return;
        if (_heardCount == _heard.Length) PlayUntil(_now + 1, flush: true);
        var at = _clock.TimeOf(_now);
        _heard[_heardCount++] = new TimedMessage(at, message);
        Ask(new Wish(at, WishKind.Message) { Message = message });
    }

    /// <summary>The block is over: everything in it is done.</summary>
    /// <param name="left">Is written, as long as the block; empty: no sound is wanted.</param>
    /// <param name="right">The same.</param>
    internal void End(Span<float> left, Span<float> right)
    {
        Reach((int)(_playingUntil - _blockStart));
        Render(left, right);
        if (_shots is not null) ShowShots(_shots);
    }

    /// <summary>Ends all that sounds at the next sample played, and what the partner was about to play.</summary>
    internal void Silence()
    {
        _player.RaiseEpoch();
        _player.ReleaseKeys();
    }

    /// <summary>Everything ends, and so does what is passed through. Keys that were passed get their ends.</summary>
    internal void Reset()
    {
        // Between two blocks: what is sent belongs to the beginning of the next.
        _blockStart = _playingUntil = _now;
        Silence();
        foreach (var key in _passed.Release()) Send(key);
        Ask(new Wish(_clock.TimeOf(_now), WishKind.Stop));
    }

    void IMessageSink.Emit(HostTime at, ShortMessage message)
    {
        var sample = Math.Clamp(_clock.SampleAt(at), _now, Math.Max(_now, _reach - 1));
        if (message.Channel < VoiceRules.Most) message = message with { Status = (byte)(message.Kind | ChannelOf(message.Channel)) };
        _played.Add((int)(sample - _blockStart), message);
    }

    /// <summary>The host has taken the first <paramref name="count"/> of what was <see cref="Played"/>.</summary>
    internal void Took(int count)
    {
        _played.Keep(count);
        _carried = _played.All.Length;
    }

    // Up to the sample before: whatever is due before it was done, and it is played until there.
    private void Reach(int offset)
    {
        var target = Math.Clamp(_blockStart + offset, _now, _playingUntil);
        if (!_begun) Run();
        for (var due = DueSample(); due < target; due = DueSample())
        {
            PlayUntil(due);
            Run();
        }

        PlayUntil(target);
    }

    private long DueSample()
    {
        var due = _pipeline.HasWork || !_wishes.IsEmpty ? _nextStep : _pipeline.Due;
        return Math.Max(_now, _clock.SampleFrom(due));
    }

    private void PlayUntil(long sample, bool flush = false)
    {
        if (sample <= _now && _heardCount == 0) return;
        _reach = sample;
        if (sample > _now || flush)
        {
            _player.Turn(_clock.TimeOf(_now), _clock.TimeOf(sample), this, _heard.AsSpan(0, _heardCount));
            _heardCount = 0;
            while (_player.TryReadEmitted(out _))
            {
            }
        }

        if (!flush) _now = Math.Max(_now, sample);
    }

    private void TakeRequests()
    {
        var requests = Volatile.Read(ref _requests);
        if (requests == _requestsTaken) return;
        _requestsTaken = requests;
        for (var i = 0; i < ParameterTable.All.Length; i++)
        {
            var value = _requested[i];
            if (double.IsNaN(value)) continue;
            _requested[i] = double.NaN;
            Turn(0, i, value);
        }
    }

    private void Send(ShortMessage message) => _played.Add((int)(_now - _blockStart), message);
}
