using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>
/// What speaks for a phrase being over once no key is held: its last note, where in the music it stands, and how the performer usually goes on. Allocates nothing. [engine]
/// </summary>
/// <param name="Onset">When the last note began.</param>
/// <param name="Release">When the last key came up.</param>
/// <param name="Held">How long the last note was held, in seconds, at least .001.</param>
/// <param name="Usual">See <see cref="Articulation.Usual"/>.</param>
/// <param name="Late">See <see cref="Articulation.Late"/>.</param>
/// <param name="Breath">See <see cref="Articulation.Breath"/>.</param>
public readonly record struct EndEvidence(HostTime Onset, HostTime Release, double Held, double Usual, double Late, double Breath)
{
    // As many notes as a bar or two has: shorter phrases speak little for their end.
    private const double MostNotes = 3;

    /// <summary>How much longer than the median of the last notes the last one was held, in powers of two, -2 to 2.</summary>
    public double Length { get; init; }

    /// <summary>1 when the last note is the tonic of the running key, else 0.</summary>
    public double Tonic { get; init; }

    /// <summary>How closely the note after this one would lie a multiple of two bars behind the phrase's first onset, 0 (half a beat away) to 1, and as much again for four bars; 0 without a known tempo.</summary>
    public double Grid { get; init; }

    /// <summary>How closely the note after this one would lie on a bar line, 0 (half a beat away) to 1; .5, which speaks neither way, without a known tempo.</summary>
    public double BarLine { get; init; }

    /// <summary>How closely the phrase has the length of one of the last, 0 to 1; see <see cref="PhraseLengths.Nearness"/>.</summary>
    public double Habit { get; init; }

    /// <summary>1 when the phrase is shorter than the last ones, which were equal, else 0; see <see cref="PhraseLengths.IsShort"/>.</summary>
    public double Short { get; init; }

    /// <summary>How many notes the phrase has, as a power of two, 0 to 3.</summary>
    public double Notes { get; init; }

    /// <summary>How late the next note is at <paramref name="now"/>, measured by how evenly this performer plays, as a power of two; -2 until it is due.</summary>
    public double Overdue(HostTime now)
    {
        var late = now.SecondsSince(Onset) - Held * Usual;
        return Math.Log2(Math.Max(0, late) / (Held * (Late - Usual) + .05) + .25);
    }

    /// <summary>How the silence until <paramref name="now"/> compares with the longest within a phrase lately, as a power of two.</summary>
    public double Silence(HostTime now) => Math.Log2((now.SecondsSince(Release) + .03) / (Breath + .03));

    /// <summary>The evidence of <paramref name="phrase"/>, not empty, in which no key is held any more, in <paramref name="key"/>, on <paramref name="timeline"/> when that is <paramref name="known"/>.</summary>
    public static EndEvidence Of(Phrase phrase, Articulation articulation, PhraseLengths lengths, Key key, in Timeline timeline, bool known)
    {
        var notes = phrase.Notes;
        var last = notes[^1];
        var release = phrase.LastActivity;
        var held = HeldFor(last, release);
        var evidence = new EndEvidence(last.On, release, held, articulation.Usual, articulation.Late, articulation.Breath)
        {
            Length = Math.Clamp(Math.Log2(held / MedianLength(notes, release)), -2, 2),
            Tonic = key.Degree(last.Pitch) == 0 ? 1 : 0,
            Notes = Math.Min(MostNotes, Math.Log2(notes.Length)),
            BarLine = .5,
        };
        return known ? evidence.On(timeline, timeline.ToBeats(notes[0].On), timeline.ToBeats(last.On.PlusSeconds(held * articulation.Usual)), lengths) : evidence;
    }

    private static double MedianLength(ReadOnlySpan<HeardNote> notes, HostTime release)
    {
        if (notes.Length > Articulation.Window) notes = notes[^Articulation.Window..];
        Span<double> lengths = stackalloc double[notes.Length];
        for (var i = 0; i < notes.Length; i++) lengths[i] = HeldFor(notes[i], release);
        Ordering.Sort(lengths);
        return lengths[lengths.Length / 2];
    }

    private static double HeldFor(in HeardNote note, HostTime release) => Math.Max(.001, HostTime.Min(note.Off, release).SecondsSince(note.On));

    // Of a phrase that began at first and whose next note would begin at next.
    private EndEvidence On(in Timeline timeline, Beats first, Beats next, PhraseLengths lengths)
    {
        var (length, bar, beat) = (next - first, timeline.Metre.Bar, timeline.Metre.Beat);
        return this with
        {
            Grid = length < bar ? 0 : Nearness(length, bar * 2, beat) + Nearness(length, bar * 4, beat),
            BarLine = Nearness(next - timeline.BarOrigin, bar, beat),
            Habit = lengths.Nearness(length, beat),
            Short = lengths.IsShort(length, beat) ? 1 : 0,
        };
    }

    private static double Nearness(Beats place, Beats grid, Beats beat) => Math.Max(0, 1 - 2.0 * Math.Abs((place - place.Round(grid)).Ticks) / beat.Ticks);
}
