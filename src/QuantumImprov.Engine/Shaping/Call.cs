using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// A phrase as music: its notes on the grid of the performer's beat. Each quarter is read as sixteenths or as triplets, whichever lies closer to what was
/// played in it, or finer where it holds a run. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Call
{
    private static readonly Beats Sixteenth = new(Beats.PerQuarter / 4), Triplet = new(Beats.PerQuarter / 3);
    private static readonly Beats Shortest = new(Beats.PerQuarter / 8), MostPush = new(Beats.PerQuarter / 12);

    // Parts of a quarter for runs: six, eight, twelve, twenty-four.
    private static readonly Beats[] Fine = [new(Beats.PerQuarter / 6), new(Beats.PerQuarter / 8), new(Beats.PerQuarter / 12), new(Beats.PerQuarter / 24)];

    private const int FewestToAgree = 3;
    private const double Agreement = .6;

    private readonly CallNote[] _notes = new CallNote[Phrase.Capacity];
    private int _count;

    /// <summary>The notes, in order of time, one an instant.</summary>
    public ReadOnlySpan<CallNote> Notes => _notes.AsSpan(0, _count);

    /// <summary>The lowest and highest pitch; 60 and 60 when empty.</summary>
    public (int Low, int High) Range { get; private set; }

    /// <summary>The mean velocity; 80 when empty.</summary>
    public double Loudness { get; private set; }

    /// <summary>The pitch classes of the notes, bit by bit: bit 0 is C.</summary>
    public int Classes
    {
        get
        {
            var mask = 0;
            foreach (var note in Notes) mask |= 1 << note.Pitch % 12;
            return mask;
        }
    }

    /// <summary>The pitch classes that sounded with <paramref name="note"/>, its own not among them unless it was doubled, bit by bit: bit 0 is C.</summary>
    public static int ClassesBeside(in CallNote note)
    {
        var mask = 0;
        for (var keys = note.Beside; keys != 0; keys &= keys - 1) mask |= 1 << (int)UInt128.TrailingZeroCount(keys) % 12;
        return mask;
    }

    /// <summary>Where the last note ends; zero when empty.</summary>
    public Beats End => _count == 0 ? Beats.Zero : Notes[^1].Onset + Notes[^1].Duration;

    /// <summary>
    /// Reads <paramref name="phrase"/> on <paramref name="timeline"/>; notes still held end at <paramref name="now"/>. No note is lost: note i of the call is note i of the phrase.
    /// </summary>
    public void Read(ReadOnlySpan<HeardNote> phrase, in Timeline timeline, HostTime now)
    {
        _count = 0;
        // Counted from a bar line: where a beat was found, or is another's, bars do not begin on whole quarters of the session's own count.
        var aside = timeline.BarOrigin.Modulo(Beats.Quarter);
        var barred = timeline with { BeatOrigin = timeline.BeatOrigin - aside };
        var own = barred with { BeatOrigin = barred.BeatOrigin - PhaseOf(phrase, barred) };
        for (var i = 0; i < phrase.Length;)
        {
            // All onsets of one quarter decide together how it is divided.
            var quarter = QuarterOf(phrase[i], own);
            var end = i + 1;
            while (end < phrase.Length && QuarterOf(phrase[end], own) == quarter) end++;
            var grid = GridFor(phrase[i..end], own);
            for (; i < end; i++) Add(phrase[i], own, grid, now);
        }

        for (var i = 0; i < _count; i++) _notes[i] = _notes[i] with { Onset = _notes[i].Onset + aside };
        Centre();
        Measure();
    }

    /// <summary>Takes <paramref name="notes"/>, already on the grid, as they are; more than fit are left out.</summary>
    public void Take(ReadOnlySpan<CallNote> notes)
    {
        _count = Math.Min(notes.Length, _notes.Length);
        notes[.._count].CopyTo(_notes);
        Measure();
    }

    // How late the performer's sixteenths are as a whole, by the circular mean of his onsets: who plays with no clock in his ear has a phase of his own. Zero where the onsets agree on none.
    private static Beats PhaseOf(ReadOnlySpan<HeardNote> phrase, in Timeline timeline)
    {
        var (sine, cosine) = (0.0, 0.0);
        foreach (var note in phrase)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * timeline.ToBeats(note.On).Modulo(Sixteenth).Ticks / Sixteenth.Ticks);
            (sine, cosine) = (sine + s, cosine + c);
        }

        var agree = phrase.Length >= FewestToAgree && sine * sine + cosine * cosine > Agreement * Agreement * phrase.Length * phrase.Length;
        return agree ? new Beats((long)(Math.Atan2(sine, cosine) / (2 * Math.PI) * Sixteenth.Ticks)) : Beats.Zero;
    }

    private static Beats QuarterOf(in HeardNote note, in Timeline timeline) => timeline.ToBeats(note.On).Round(Sixteenth).Floor(Beats.Quarter);

    // Sixteenths or triplets, whichever lies closer; finer ones only where these would strike two notes at once.
    private static Beats GridFor(ReadOnlySpan<HeardNote> notes, in Timeline timeline)
    {
        var (straight, triplet) = (Distance(notes, timeline, Sixteenth), Distance(notes, timeline, Triplet));
        if (Math.Min(straight, triplet) < long.MaxValue) return straight <= triplet ? Sixteenth : Triplet;
        foreach (var fine in Fine)
        {
            if (Distance(notes, timeline, fine) < long.MaxValue) return fine;
        }

        return Fine[^1];
    }

    private static long Distance(ReadOnlySpan<HeardNote> notes, in Timeline timeline, Beats grid)
    {
        var (sum, before) = (0L, new Beats(long.MinValue));
        foreach (var note in notes)
        {
            var at = timeline.ToBeats(note.On);
            var on = at.Round(grid);
            if (on == before) return long.MaxValue;
            sum += Math.Abs((at - on).Ticks);
            before = on;
        }

        return sum;
    }

    private void Add(in HeardNote heard, in Timeline timeline, Beats grid, HostTime now)
    {
        var struck = timeline.ToBeats(heard.On);
        var onset = struck.Round(grid);
        if (_count > 0) onset = Beats.Max(onset, _notes[_count - 1].Onset + Fine[^1]);
        var off = heard.Off == HostTime.Never ? now : heard.Off;
        var duration = Beats.Max(Shortest, timeline.ToBeats(off) - struck);
        var push = Beats.Min(MostPush, Beats.Max(Beats.Zero - MostPush, struck - onset));
        var beside = heard.Beside == 0 ? Beats.Zero : Beats.Max(Shortest, timeline.ToBeats(heard.BesideOff ?? now) - struck);
        _notes[_count++] = new CallNote(onset, duration, heard.Pitch, heard.Velocity, push, heard.Shape) { Beside = heard.Beside, BesideDuration = beside };
    }

    // A performer who is early or late throughout has another beat, not another feel.
    private void Centre()
    {
        if (_count == 0) return;
        var sum = 0L;
        foreach (var note in Notes) sum += note.Push.Ticks;
        var mean = new Beats(sum / _count);
        for (var i = 0; i < _count; i++) _notes[i] = _notes[i] with { Push = _notes[i].Push - mean };
    }

    private void Measure()
    {
        var (low, high, loud) = (127, 0, 0.0);
        foreach (var note in Notes)
        {
            low = Math.Min(low, note.Pitch);
            high = Math.Max(high, note.Pitch);
            loud += note.Velocity;
        }

        Range = _count == 0 ? (60, 60) : (low, high);
        Loudness = _count == 0 ? 80 : loud / _count;
    }
}
