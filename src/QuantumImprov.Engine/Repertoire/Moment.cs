using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// What a melody's rhythm tells about its next note: the metre, the times of the notes before, as much as is known of the note to come (its onset, then its duration), and the echo: what
/// sounded at the same place of an earlier bar, so many bars ago as lately foretold best. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Moment
{
    /// <summary>How many bars back an echo is looked for.</summary>
    public const int MostBars = 32;

    private const int Kept = 1024;
    private const double EchoKept = .85;
    private readonly NoteTime[] _times = new NoteTime[Kept];
    private readonly int[] _pitches = new int[Kept];
    private readonly int[] _at = new int[MostBars + 1];
    private readonly double[] _scores = new double[MostBars + 1];
    private NoteTime _last, _next;
    private int _count, _known;

    /// <summary>Nothing known yet.</summary>
    public Moment() => Begin(null);

    /// <summary>The key the piece is written in; null when it does not say.</summary>
    public Key? Signature { get; private set; }

    /// <summary>Whether the next note is the first.</summary>
    public bool AtStart => _count == 0;

    /// <summary>The onset interval of the last note in units; of the first note its place in the bar.</summary>
    public int GapBefore { get; private set; }

    /// <summary>The duration of the last note in units; 0 at the start.</summary>
    public int DurationBefore => _last.Duration;

    /// <summary>Where in its bar the last note stood; 0 at the start.</summary>
    public int PlaceBefore => _last.Place;

    /// <summary>The length of the bar the melody stands in.</summary>
    public int Bar => _known > 0 ? _next.Bar : _last.Bar;

    /// <summary>The felt beat.</summary>
    public int Beat => _known > 0 ? _next.Beat : _last.Beat;

    /// <summary>The onset interval of the next note; -1 when it is not known.</summary>
    public int Gap { get; private set; }

    /// <summary>The time of the next note, as far as it is known.</summary>
    public NoteTime Next => _next;

    /// <summary>Where in its bar the next note stands; -1 when that is not known.</summary>
    public int Place => _known > 0 ? _next.Place : -1;

    /// <summary>The duration of the next note; -1 when it is not known.</summary>
    public int Duration => _known > 1 ? _next.Duration : -1;

    /// <summary>How many bars ago the echo is; 0 when there is none.</summary>
    public int EchoBars { get; private set; }

    /// <summary>The pitch that sounded, or last began, at the same place that many bars ago; -1 when there is none.</summary>
    public int EchoPitch { get; private set; }

    /// <summary>The onset interval that followed the echo of the last note; -1 when there is none.</summary>
    public int EchoGap { get; private set; }

    /// <summary>The duration of the note that began there; -1 when none began exactly there.</summary>
    public int EchoDuration { get; private set; }

    /// <summary>How well the echo foretold the pitches lately, 0 (never) to 3 (always).</summary>
    public int EchoTrust => _scores[EchoBars] switch { < .3 => 0, < .6 => 1, < .85 => 2, _ => 3 };

    /// <summary>Begins a melody in the key <paramref name="signature"/>; without one the running key is asked.</summary>
    public void Begin(Key? signature)
    {
        Signature = signature;
        (_last, _next, _count, _known, GapBefore, Gap) = (default, default, 0, 0, 0, -1);
        Array.Fill(_at, -1);
        Array.Clear(_scores);
        Forget();
    }

    /// <summary>Nothing but the past and the metre is known of the next note.</summary>
    public void AwaitOnset(int bar, int beat)
    {
        (_known, Gap) = (0, -1);
        if (_count == 0) _last = new NoteTime(0, 0, 0, bar, beat);
        Choose();
        (EchoPitch, EchoDuration, EchoGap) = (-1, -1, -1);
        if (EchoBars > 0 && _at[EchoBars] + 1 < _count) EchoGap = _times[Slot(_at[EchoBars] + 1)].Onset - (_last.Onset - EchoBars * _last.Bar);
    }

    /// <summary>The next note's onset is known.</summary>
    public void AwaitDuration(in NoteTime next) => Await(next, 1);

    /// <summary>The next note's onset and duration are known.</summary>
    public void AwaitPitch(in NoteTime next) => Await(next, 2);

    /// <summary>Whether the next note's onset and duration are known.</summary>
    public bool AwaitsPitch => _known == 2;

    /// <summary>Nothing is said of the next note's time: a beat after the last, a beat long. At the start: on a bar line of four quarters.</summary>
    public void AwaitBeat()
    {
        var (bar, beat) = _last.Bar == 0 ? (96, 24) : (_last.Bar, _last.Beat);
        var (onset, place) = _count == 0 ? (0, 0) : (_last.Onset + beat, (_last.Place + beat) % bar);
        AwaitPitch(new NoteTime(onset, beat, place, bar, beat));
    }

    /// <summary>The note whose time was awaited came.</summary>
    public void Arrive(int pitch) => Arrive(_next, pitch);

    /// <summary>Continues where <paramref name="other"/> stands.</summary>
    public void CopyFrom(Moment other)
    {
        (_last, _next, _count, _known) = (other._last, other._next, other._count, other._known);
        (Signature, GapBefore, Gap, EchoBars, EchoPitch, EchoGap, EchoDuration) = (other.Signature, other.GapBefore, other.Gap, other.EchoBars, other.EchoPitch, other.EchoGap, other.EchoDuration);
        var kept = Math.Min(_count, Kept);
        other._times.AsSpan(0, kept).CopyTo(_times);
        other._pitches.AsSpan(0, kept).CopyTo(_pitches);
        other._at.CopyTo(_at, 0);
        other._scores.CopyTo(_scores, 0);
    }

    /// <summary>The note came.</summary>
    public void Arrive(in NoteTime time, int pitch)
    {
        Locate(time);
        for (var bars = 1; bars <= MostBars; bars++)
        {
            if (_at[bars] < 0) continue;
            _scores[bars] = EchoKept * _scores[bars] + (1 - EchoKept) * (_pitches[Slot(_at[bars])] == pitch ? 1 : 0);
        }

        GapBefore = GapTo(time);
        (_last, _known, Gap) = (time, 0, -1);
        (_times[Slot(_count)], _pitches[Slot(_count)]) = (time, pitch);
        _count++;
    }

    private static int Slot(int index) => index & (Kept - 1);

    private int GapTo(in NoteTime time) => _count == 0 ? time.Place : Math.Max(0, time.Onset - _last.Onset);

    private void Await(in NoteTime next, int known)
    {
        (_next, _known) = (next, known);
        Gap = GapTo(next);
        Locate(next);
        Choose();
        if (EchoBars == 0)
        {
            Forget();
            return;
        }

        var at = Slot(_at[EchoBars]);
        var exact = _times[at].Onset == next.Onset - EchoBars * next.Bar;
        (EchoPitch, EchoDuration, EchoGap) = (_pitches[at], exact ? _times[at].Duration : -1, -1);
    }

    private void Forget() => (EchoBars, EchoPitch, EchoGap, EchoDuration) = (0, -1, -1, -1);

    // The last note that had begun at the same place of each earlier bar.
    private void Locate(in NoteTime time)
    {
        for (var bars = 1; bars <= MostBars; bars++)
        {
            var target = time.Onset - bars * time.Bar;
            ref var at = ref _at[bars];
            while (at >= 0 && _times[Slot(at)].Onset > target) at--;
            while (at + 1 < _count && _times[Slot(at + 1)].Onset <= target) at++;
            if (at >= 0 && (at <= _count - Kept || target - _times[Slot(at)].Onset > time.Bar)) at = -1;
        }
    }

    private void Choose()
    {
        EchoBars = 0;
        for (var bars = 1; bars <= MostBars; bars++)
        {
            if (_at[bars] >= 0 && (EchoBars == 0 || _scores[bars] > _scores[EchoBars])) EchoBars = bars;
        }
    }
}
