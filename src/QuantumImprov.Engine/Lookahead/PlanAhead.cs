using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Lookahead;

/// <summary>
/// The plan, bars ahead of the player: chosen notes in musical time, handed to the player shortly before they are due, so that until then they can still be
/// dropped or moved with the tempo. Where the output sounds late, a note leaves so much before it is to sound. Allocates nothing after construction. [engine]
/// </summary>
public sealed class PlanAhead(Player player)
{
    /// <summary>How long before it leaves a note goes to the player, in nanoseconds: longer than any pause of this process, shorter than anyone reacts.</summary>
    public const long HandOverAhead = 250_000_000;

    /// <summary>
    /// How soon after a decision a note can leave, in nanoseconds; one that should have left earlier leaves then. Long enough that the note reaches the player at
    /// least 20 ms ahead although the engine works a little behind the clock; short enough that an answer begins within 50 ms.
    /// </summary>
    public const long SoonestStart = 40_000_000;

    /// <summary>How many voices the partner can have.</summary>
    public const int MostVoices = FollowRule.FirstThrough;

    private const double MostReach = 32;

    private readonly AheadNote[] _notes = new AheadNote[2 * AnswerPlan.Capacity], _unplayed = new AheadNote[2 * AnswerPlan.Capacity];
    private readonly byte[] _channels = new byte[MostVoices];
    private int _count, _next, _unplayedCount, _epoch;
    private Beats _end;
    private HostTime _decided;
    private (Beats Start, Beats Entry)? _anticipated;

    /// <summary>The channel on which <paramref name="note"/> sounds, 0 to 15.</summary>
    public int ChannelOf(in AheadNote note) => _channels[note.Voice];

    /// <summary>How long the output lets notes wait before they sound: so much earlier they leave. Default not at all.</summary>
    public LatencyTable Latency { get; set; } = LatencyTable.None;

    /// <summary>The notes not yet handed over, in order of time.</summary>
    public ReadOnlySpan<AheadNote> Waiting => _notes.AsSpan(_next, _count - _next);

    /// <summary>When the present answer was decided.</summary>
    public HostTime Decided => _decided;

    /// <summary>All notes of the present answer.</summary>
    public ReadOnlySpan<AheadNote> Notes => _notes.AsSpan(0, _count);

    /// <summary>
    /// What the leading voice of an answer that was interrupted had still to say: material for the next. It stays through answers that are dropped before they sound, until one has been played to its end or is interrupted itself.
    /// </summary>
    public ReadOnlySpan<AheadNote> Unplayed => _unplayed.AsSpan(0, _unplayedCount);

    /// <summary>Whether an answer is planned or under way.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether further notes of the present answer are still being chosen: it does not end before they have been.</summary>
    public bool IsFilling { get; internal set; }

    /// <summary>How far ahead of the music notes are chosen, 0 (a quarter) to 1 (the whole answer at once, the default); between, from one quarter to 32 in equal ratios.</summary>
    public double Lookahead { get; set; } = 1;

    /// <summary>Whether answers go by in silence.</summary>
    public bool IsMuted { get; private set; }

    /// <summary>Whether the last answer was dropped before its end.</summary>
    public bool WasDropped { get; private set; }

    /// <summary>Told of each note when it goes to the player, with the instant at which it will sound. [engine]</summary>
    public event Action<HostTime, AheadNote>? Handed;

    /// <summary>From the next note handed over on, voice <paramref name="voice"/>, 0 to <see cref="MostVoices"/> - 1, speaks on <paramref name="channel"/>, 0 to 15.</summary>
    public void Speak(int voice, int channel) => _channels[voice] = (byte)channel;

    /// <summary>Begins a new answer that lasts until <paramref name="end"/>, decided at <paramref name="now"/>.</summary>
    public void Begin(Beats end, HostTime now)
    {
        (_count, _next, _end, _decided) = (0, 0, end, now);
        _epoch = player.Epoch;
        _anticipated = null;
        IsActive = true;
        WasDropped = false;
    }

    /// <summary>Puts a note in its place in time, after those of the same instant; what was handed over already stays before it.</summary>
    public void Add(AheadNote note)
    {
        if (_anticipated is { } early && note.On == early.Start) note = note with { On = early.Entry };
        if (_count == _notes.Length) return;
        var place = _count++;
        for (; place > _next && _notes[place - 1].On > note.On; place--) _notes[place] = _notes[place - 1];
        _notes[place] = note;
    }

    /// <summary>The first note, with its chord, which begins at <paramref name="start"/> (else nothing happens), enters at <paramref name="entry"/> already and is held over; also when it is only chosen afterwards.</summary>
    public void Anticipate(Beats start, Beats entry)
    {
        if (entry >= start) return;
        _anticipated = (start, entry);
        for (var i = 0; i < _count && _notes[i].On == start; i++) _notes[i] = _notes[i] with { On = entry };
    }

    /// <summary>When <paramref name="note"/> of an answer decided at <paramref name="decided"/> sounds on an output of <paramref name="latency"/>.</summary>
    public static HostTime SoundOf(in AheadNote note, in Timeline timeline, HostTime decided, LatencyTable latency) =>
        HostTime.Max(timeline.ToHost(note.On), decided.Plus(SoonestStart + latency.Of(note.Velocity)));

    /// <summary>When <paramref name="note"/> leaves so that it sounds at <paramref name="sound"/>.</summary>
    public HostTime LeavesAt(HostTime sound, in AheadNote note) => sound.Plus(-Latency.Of(note.Velocity));

    /// <summary>When the first note sounds; never when there is none.</summary>
    public HostTime FirstSound(in Timeline timeline) => _count == 0 ? HostTime.Never : Start(_notes[0], timeline);

    /// <summary>When a note that begins at <paramref name="on"/> is to be chosen: so far ahead as <see cref="Lookahead"/> says, and before it has to go to the player; at once when nothing was chosen yet.</summary>
    internal HostTime ChosenBy(Beats on, in Timeline timeline)
    {
        if (Lookahead >= 1 || _count == 0) return _decided;
        if (_anticipated is { } early && on == early.Start) on = early.Entry;
        var reach = Beats.FromQuarters(Math.Pow(MostReach, Lookahead));
        return HostTime.Max(_decided, HostTime.Min(timeline.ToHost(on - reach), timeline.ToHost(on).Plus(-HandOverAhead - Latency.Longest)));
    }

    /// <summary>When <see cref="Turn"/> is next needed.</summary>
    public HostTime Due(in Timeline timeline) =>
        !IsActive ? HostTime.Never : _next < _count ? HandOver(_notes[_next], timeline) : IsFilling ? HostTime.Never : timeline.ToHost(_end);

    /// <summary>Hands over what is close enough at <paramref name="now"/>, and ends the answer when its time is over.</summary>
    public void Turn(HostTime now, in Timeline timeline)
    {
        if (!IsActive) return;
        while (_next < _count && HandOver(_notes[_next], timeline) <= now)
        {
            var note = _notes[_next++];
            if (IsMuted) continue;
            var early = Latency.Of(note.Velocity);
            var on = Leave(note, timeline, early);
            Handed?.Invoke(on.Plus(early), note);
            player.TryHand(new PlannedNote(on, HostTime.Max(timeline.ToHost(note.Off).Plus(-early), on.Plus(1_000_000)), _channels[note.Voice], note.Pitch, note.Velocity, _epoch));
        }

        if (!IsFilling && _next == _count && now >= timeline.ToHost(_end)) (IsActive, _unplayedCount) = (false, 0);
    }

    /// <summary>Drops the answer because the performer plays at <paramref name="now"/>: what sounds is ended by the player at its next turn; if it had begun to sound, what had not is kept as <see cref="Unplayed"/>.</summary>
    public void Interrupt(HostTime now, in Timeline timeline)
    {
        if (!IsActive) return;
        if (now >= FirstSound(timeline))
        {
            var first = 0;
            while (first < _count && Start(_notes[first], timeline) < now) first++;
            _unplayedCount = 0;
            foreach (var note in Notes[first..])
            {
                if (note.Voice == 0) _unplayed[_unplayedCount++] = note;
            }
        }

        Stop();
    }

    /// <summary>From now on answers go by in silence, or no longer do: what sounds ends at the player's next turn, and an answer under way goes on where it is by then.</summary>
    public void Mute(bool muted)
    {
        IsMuted = muted;
        if (muted) _epoch = player.RaiseEpoch();
    }

    /// <summary>Drops the answer and everything left over: what sounds is ended by the player at its next turn.</summary>
    public void Drop()
    {
        _unplayedCount = 0;
        if (IsActive) Stop();
    }

    private void Stop()
    {
        (IsActive, IsFilling) = (false, false);
        WasDropped = true;
        (_count, _next) = (0, 0);
        player.RaiseEpoch();
    }

    private HostTime Start(in AheadNote note, in Timeline timeline) => SoundOf(note, timeline, _decided, Latency);

    // For all notes by the longest wait, so that the order in which they sound is the order in which they are handed over; which of them leaves first is the player's business.
    private HostTime HandOver(in AheadNote note, in Timeline timeline) => Start(note, timeline).Plus(-HandOverAhead - Latency.Longest);

    // A beat that was moved nearer than the output's wait can only be late: nothing leaves before the time by which it was moved.
    private HostTime Leave(in AheadNote note, in Timeline timeline, long early)
    {
        var on = Start(note, timeline).Plus(-early);
        return early == 0 ? on : HostTime.Max(on, timeline.TimeOrigin);
    }
}
