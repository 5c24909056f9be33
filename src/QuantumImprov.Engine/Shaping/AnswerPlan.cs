using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// What an answer is to be, decided before its first note: when, how long, in which rhythm, and where it ends. Allocates nothing after construction. [engine]
/// </summary>
public sealed class AnswerPlan
{
    /// <summary>The most notes an answer can have.</summary>
    public const int Capacity = 2048;

    private readonly Slot[] _slots = new Slot[Capacity];
    private readonly double[] _messages = new double[DegreeFlow.Reach * 12];

    /// <summary>Where it begins; a felt beat.</summary>
    public Beats Start { get; internal set; }

    /// <summary>Where it is over, its last rest included: whole bars after <see cref="Start"/>.</summary>
    public Beats End { get; internal set; }

    /// <summary>The bar line from which its bars are counted: the last one before <see cref="Start"/>, or the next where it comes in past the middle of a bar and leads up to that.</summary>
    public Beats FirstBar
    {
        get
        {
            var line = BarOrigin + (Start - BarOrigin).Floor(Metre.Bar);
            return (Start - line).Ticks * 2 > Metre.Bar.Ticks ? line + Metre.Bar : line;
        }
    }

    /// <summary>Whole bars, at least 1.</summary>
    public int Bars { get; internal set; }

    /// <summary>The key it is in.</summary>
    public Key Key { get; internal set; }

    /// <summary>Pitch classes that count as in key because they were heard lately, bit by bit: bit 0 is C.</summary>
    public int Heard { get; internal set; }

    /// <summary>Semitones above the tonic on which it ends.</summary>
    public int EndDegree { get; internal set; }

    /// <summary>The lowest and highest pitch it may use.</summary>
    public (int Low, int High) Range { get; internal set; }

    /// <summary>The notes' places, in order of time; the last is the ending.</summary>
    public ReadOnlySpan<Slot> Slots => _slots.AsSpan(0, Count);

    /// <summary>How many notes.</summary>
    public int Count { get; internal set; }

    /// <summary>When the note at place <paramref name="index"/> sounds, as members that look at the rhythm count it.</summary>
    public NoteTime TimeOf(int index) => NoteTime.Played(_slots[index].Onset, _slots[index].Duration, BarOrigin, Metre);

    /// <summary>A bar line of the metre the answer stands in.</summary>
    public Beats BarOrigin { get; internal set; }

    /// <summary>The metre the answer stands in.</summary>
    public Metre Metre { get; internal set; }

    internal Span<Slot> Store => _slots;

    internal Span<double> Messages => _messages;

    /// <summary>How strictly the line is led to its ending, 0 to 1.</summary>
    public double Cadence { get; internal set; } = 1;

    /// <summary>What becomes of the call's opening.</summary>
    public MotifForm Motif { get; internal set; }

    /// <summary>How many notes the motif asks for, and by how many steps of the key it was moved.</summary>
    public int MotifNotes { get; internal set; }

    /// <summary>The place of the motif's first note; 0 unless something leads up to it.</summary>
    public int MotifPlace { get; internal set; }

    /// <inheritdoc cref="MotifNotes"/>
    public int MotifSteps { get; internal set; }

    /// <summary>Where in the call, or the earlier phrase, the last note ends that the motif takes up; without meaning where it takes up none.</summary>
    public Beats OpeningEnds { get; internal set; }

    /// <summary>The share of the answer's runs of four steps that are to be the call's, 0 to 1.</summary>
    public double Returning { get; internal set; }

    /// <summary>Whether the answer takes up what the partner had begun to say and was interrupted in.</summary>
    public bool TakesUp { get; internal set; }

    /// <summary>Whether the answer takes up an earlier phrase than the last.</summary>
    public bool Recalls { get; internal set; }

    /// <summary>The chords it stands on.</summary>
    public ChordTrack Chords { get; } = new();

    /// <summary>The chords that were written down for it, in place of <see cref="Chords"/>; null: none were.</summary>
    public ChordChart? Chart { get; internal set; }

    /// <summary>The scale it keeps to; null: that of its key and what was heard lately.</summary>
    public Scale? Scale { get; internal set; }

    /// <summary>The pitch classes of the chord under the note at place <paramref name="index"/>; all of them where no chord is known.</summary>
    public int ChordUnder(int index) => Chart is not null ? WrittenChord(_slots[index].Onset).Classes : Chords.At(BarOf(_slots[index].Onset), BarOf(_slots[Count - 1].Onset));

    /// <summary>The height the line is drawn to.</summary>
    public ContourArc Arc { get; internal set; }

    /// <summary>How well a pitch at place <paramref name="index"/> leads to the ending, 0 (at the last place: anything but the ending) to 1.</summary>
    public double LeadsHome(int index, int pitch)
    {
        var before = Count - 1 - index;
        return before >= DegreeFlow.Reach ? 1 : 1 - Cadence + Cadence * _messages[before * 12 + Key.Degree(pitch)];
    }

    /// <summary>The pitch classes that belong at place <paramref name="index"/>, bit by bit, bit 0 is C: of the scale it keeps to, or in the key's signature or heard lately; and with what the written chord brings, if there is one.</summary>
    public int BelongingAt(int index)
    {
        if (Scale is { } scale) return scale.Classes | (Chart is null ? 0 : WrittenChord(_slots[index].Onset).Classes);
        if (Chart is not null) return WrittenChord(_slots[index].Onset).BelongingIn(Key);
        return Heard | Key.NaturalClasses;
    }

    /// <summary>The written chord at <paramref name="at"/>; there are written ones.</summary>
    internal ChordSymbol WrittenChord(Beats at) => Chart!.At(at, BarOrigin, Metre);

    /// <summary>The plan in words, such as "2 bars, answers your opening upside down, ends on the fifth of G major". Allocates.</summary>
    public string InWords() => $"{Bars} {(Bars == 1 ? "bar" : "bars")}, {MotifInWords}, ends on {(Chart is null || Count == 0 ? $"{DegreeName} of {Key}" : OverChord(WrittenChord(_slots[Count - 1].Onset)))}";

    /// <summary>Which of its bars <paramref name="at"/> lies in, from 0; what leads up to the first is in bar -1.</summary>
    internal int BarOf(Beats at) => (int)((at - FirstBar).Floor(Metre.Bar).Ticks / Metre.Bar.Ticks);

    private string MotifInWords => (TakesUp ? "goes on with what it had begun and " : Recalls ? "remembers an earlier phrase and " : "") + Motif switch
    {
        MotifForm.Same => $"takes up {Whose} opening",
        MotifForm.Transposed => $"takes {Whose} opening {Math.Abs(MotifSteps)} {(Math.Abs(MotifSteps) == 1 ? "step" : "steps")} {(MotifSteps > 0 ? "up" : "down")}",
        MotifForm.Inverted => $"answers {Whose} opening upside down",
        MotifForm.Augmented => $"stretches {Whose} opening",
        MotifForm.RhythmOnly => $"keeps the rhythm of {Whose} opening",
        _ => Arc.InWords(),
    };

    private string Whose => TakesUp || Recalls ? "its" : "your";

    private string OverChord(ChordSymbol chord)
    {
        var pitchClass = (Key.Tonic + EndDegree) % 12;
        return pitchClass == chord.Root ? $"the root of {chord}" : pitchClass == chord.Third ? $"the third of {chord}" : pitchClass == chord.Fifth ? $"the fifth of {chord}" : $"a colour of {chord}";
    }

    private string DegreeName => EndDegree switch
    {
        0 => "the tonic",
        3 or 4 => "the third",
        7 => "the fifth",
        _ => $"degree {EndDegree}",
    };
}
