using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Lookahead;

/// <summary>
/// The plan, bars ahead of the player: chosen notes in musical time, handed to the player shortly before they are due, so that until then they can still be
/// dropped or moved with the tempo. Allocates nothing after construction. [engine]
/// </summary>
public sealed class PlanAhead(Player player, byte channel)
{
    /// <summary>How long before its instant a note goes to the player, in nanoseconds: longer than any pause of this process, shorter than anyone reacts.</summary>
    public const long HandOverAhead = 250_000_000;

    /// <summary>
    /// How soon after a decision a note can sound, in nanoseconds; one that should have started earlier starts then. Long enough that the note reaches the player at
    /// least 20 ms ahead although the engine works a little behind the clock; short enough that an answer begins within 50 ms.
    /// </summary>
    public const long SoonestStart = 40_000_000;

    private readonly AheadNote[] _notes = new AheadNote[AnswerPlan.Capacity];
    private int _count, _next, _epoch;
    private Beats _end;
    private HostTime _decided;

    /// <summary>The notes not yet handed over, in order of time.</summary>
    public ReadOnlySpan<AheadNote> Waiting => _notes.AsSpan(_next, _count - _next);

    /// <summary>All notes of the present answer.</summary>
    public ReadOnlySpan<AheadNote> Notes => _notes.AsSpan(0, _count);

    /// <summary>Whether an answer is planned or under way.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether the last answer was dropped before its end.</summary>
    public bool WasDropped { get; private set; }

    /// <summary>Told of each note when it goes to the player, with the instant at which it will sound. [engine]</summary>
    public event Action<HostTime, AheadNote>? Handed;

    /// <summary>Begins a new answer that lasts until <paramref name="end"/>, decided at <paramref name="now"/>.</summary>
    public void Begin(Beats end, HostTime now)
    {
        (_count, _next, _end, _decided) = (0, 0, end, now);
        _epoch = player.Epoch;
        IsActive = true;
        WasDropped = false;
    }

    /// <summary>Appends a note; later than those before it.</summary>
    public void Add(AheadNote note)
    {
        if (_count < _notes.Length) _notes[_count++] = note;
    }

    /// <summary>When the first note sounds; never when there is none.</summary>
    public HostTime FirstSound(in Timeline timeline) => _count == 0 ? HostTime.Never : Start(_notes[0], timeline);

    /// <summary>When <see cref="Turn"/> is next needed.</summary>
    public HostTime Due(in Timeline timeline) =>
        !IsActive ? HostTime.Never : _next < _count ? Start(_notes[_next], timeline).Plus(-HandOverAhead) : timeline.ToHost(_end);

    /// <summary>Hands over what is close enough at <paramref name="now"/>, and ends the answer when its time is over.</summary>
    public void Turn(HostTime now, in Timeline timeline)
    {
        if (!IsActive) return;
        while (_next < _count && Start(_notes[_next], timeline).Plus(-HandOverAhead) <= now)
        {
            var note = _notes[_next++];
            var on = Start(note, timeline);
            Handed?.Invoke(on, note);
            player.TryHand(new PlannedNote(on, HostTime.Max(timeline.ToHost(note.Off), on.Plus(1_000_000)), channel, note.Pitch, note.Velocity, _epoch));
        }

        if (_next == _count && now >= timeline.ToHost(_end)) IsActive = false;
    }

    /// <summary>Drops the answer: what waits is forgotten, what sounds is ended by the player at its next turn.</summary>
    public void Drop()
    {
        if (!IsActive) return;
        IsActive = false;
        WasDropped = true;
        (_count, _next) = (0, 0);
        player.RaiseEpoch();
    }

    private HostTime Start(in AheadNote note, in Timeline timeline) => HostTime.Max(timeline.ToHost(note.On), _decided.Plus(SoonestStart));
}
