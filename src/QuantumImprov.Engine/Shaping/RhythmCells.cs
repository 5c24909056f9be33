using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// The bars of rhythm an answer is made of, an alphabet of their own: the call's bars, and those of the repertoire's latest phrases in its metre. Onsets, durations and accents of a bar are chosen together, before any pitch, by a small council of
/// four views: the bar of the call that corresponds, what came after the cell before, what stands at such a place of a phrase, and what the call has. Two bars whose notes begin at the same places are one cell. Allocates nothing after
/// construction. [engine]
/// </summary>
public sealed class RhythmCells
{
    /// <summary>The most cells told apart; the call's come first, then the repertoire's, the latest phrase before the one before it.</summary>
    public const int Most = 32;

    /// <summary>How many laws <see cref="WriteLaws"/> writes.</summary>
    public const int Views = 4;

    /// <summary>Phrases of the repertoire that are looked at, the latest.</summary>
    public const int LatestPhrases = 24;

    private const int Others = Views - 1;

    // A bar of fewer notes is no rhythm to take up.
    private const int FewestNotes = 2;

    // Onsets are compared on a grid of so many places a bar: sixteenths and triplets of any metre of up to four beats fall on different ones.
    private const int Places = 48;

    private readonly ViewCouncil _council = new(Views, Most);
    private readonly ulong[] _patterns = new ulong[Most];
    private readonly Bar[] _bars = new Bar[Most];
    private readonly int[] _after = new int[Most * Most], _at = new int[3 * Most], _now = new int[Most];
    private readonly sbyte[] _own = new sbyte[MostCallBars];

    // As many bars of a call, from its beginning, as have a cell of their own.
    private const int MostCallBars = 64;

    /// <summary>How many cells.</summary>
    public int Count { get; private set; }

    /// <summary>Where cell <paramref name="index"/> is found.</summary>
    internal Bar this[int index] => _bars[index];

    /// <summary>The cell of the call's bar <paramref name="index"/>, counted from 0; -1: that bar has no rhythm of its own.</summary>
    public int OwnAt(int index) => index < MostCallBars ? _own[index] : -1;

    /// <summary>
    /// Reads the cells of <paramref name="call"/>, counted from the bar line <paramref name="line"/>, which is not after it, and of the latest phrases of <paramref name="archive"/> in <paramref name="metre"/>; null: of the call alone.
    /// </summary>
    public void Read(Call call, Beats line, Metre metre, PhraseArchive? archive)
    {
        Count = 0;
        Array.Clear(_after);
        Array.Clear(_at);
        Array.Clear(_now);
        Array.Fill(_own, (sbyte)-1);
        Read(call.Notes, line, metre.Bar, -1);
        for (var (i, looked) = ((archive?.Count ?? 0) - 1, 0); i >= 0 && looked < LatestPhrases; i--, looked++)
        {
            if (archive!.Metre(i) == metre) Read(archive.Notes(i), Beats.Zero, metre.Bar, i);
        }
    }

    /// <summary>
    /// A measured cell for the answer's next bar: in place of the call's bar whose cell is <paramref name="own"/> (-1: none), after the cell <paramref name="previous"/> (-1: none), at <paramref name="place"/>; -1 when no view says anything.
    /// <paramref name="variation"/>, 0 to 1, is the share of the other views: 0 is always the corresponding bar.
    /// </summary>
    public int Choose(int own, int previous, PlaceInPhrase place, double variation, double coherence, Xoshiro random) =>
        Load(own, previous, place, variation, coherence) ? _council.Choose(Count, coherence, random) : -1;

    /// <summary>The exact law of <see cref="Choose"/>, one entry a cell; some view says something.</summary>
    public void WriteLaw(int own, int previous, PlaceInPhrase place, double variation, double coherence, Span<double> law)
    {
        Load(own, previous, place, variation, coherence);
        _council.WriteLaw(Count, coherence, law);
    }

    /// <summary>Writes what each view says of the next cell: <see cref="Views"/> rows of <see cref="Count"/> probabilities, or of zeros where a view has nothing to say.</summary>
    public void WriteLaws(int own, int previous, PlaceInPhrase place, Span<double> laws)
    {
        laws[..(Views * Count)].Clear();
        if (own >= 0) laws[own] = 1;
        if (previous >= 0) Write(_after.AsSpan(previous * Most, Count), laws.Slice(Count, Count));
        Write(_at.AsSpan((int)place * Most, Count), laws.Slice(2 * Count, Count));
        Write(_now.AsSpan(0, Count), laws.Slice(3 * Count, Count));
    }

    // Where the other three agree they are heard with the probability that is their share, dephased or not: three amplitudes add up to more than three probabilities.
    private bool Load(int own, int previous, PlaceInPhrase place, double variation, double coherence)
    {
        if (Count == 0) return false;
        var rows = _council.Rows(Count);
        WriteLaws(own, previous, place, rows);
        _council.Weights[0] = Math.Sqrt(1 - variation);
        _council.Weights[1..].Fill(Math.Sqrt(variation * ((coherence / Others + 1 - coherence) / Others)));
        return (variation < 1 && own >= 0) || (variation > 0 && rows[Count..].ContainsAnyExcept(0));
    }

    /// <summary>The first bar of <paramref name="notes"/>, in order of time, and how many there are, counted from the bar line <paramref name="line"/>; an upbeat, from the middle of a bar on, is no bar of its own. Without notes one bar from the line on.</summary>
    internal static (Beats First, int Bars) BarsOf<T>(ReadOnlySpan<T> notes, Beats line, Beats bar)
        where T : struct, IPlaced
    {
        if (notes.IsEmpty) return (line, 1);
        var first = line + (notes[0].Onset - line).Floor(bar);
        var bars = (int)((notes[^1].Onset - first).Ticks / bar.Ticks) + 1;
        return bars > 1 && (notes[0].Onset - first).Ticks * 2 >= bar.Ticks ? (first + bar, bars - 1) : (first, bars);
    }

    // Of the call, when phrase is -1, else of that phrase of the archive.
    private void Read<T>(ReadOnlySpan<T> notes, Beats line, Beats bar, int phrase)
        where T : struct, IPlaced
    {
        var (first, bars) = BarsOf(notes, line, bar);
        var (previous, note, next) = (-1, 0, 0);
        while (note < notes.Length && notes[note].Onset < first) note++;
        while (note < notes.Length)
        {
            // Bars without a note are passed over at once, however many.
            var i = (int)((notes[note].Onset - first).Ticks / bar.Ticks);
            var (pattern, count, start) = (0UL, 0, first + bar * i);
            if (i != next) previous = -1;
            for (; note < notes.Length && notes[note].Onset < start + bar; note++, count++) pattern |= PlaceOf(notes[note].Onset - start, bar);
            previous = Hear(pattern, count, new Bar(start, phrase), previous, i, bars);
            next = i + 1;
            if (phrase >= 0 || previous < 0) continue;
            if (i < MostCallBars) _own[i] = (sbyte)previous;
            _now[previous]++;
        }
    }

    private int Hear(ulong pattern, int notes, Bar bar, int previous, int index, int bars)
    {
        if (notes < FewestNotes) return -1;
        var cell = _patterns.AsSpan(0, Count).IndexOf(pattern);
        if (cell < 0)
        {
            if (Count == Most) return -1;
            cell = Count++;
            (_patterns[cell], _bars[cell]) = (pattern, bar);
        }

        if (previous >= 0) _after[previous * Most + cell]++;
        _at[(int)PlaceOf(index, bars) * Most + cell]++;
        return cell;
    }

    /// <summary>Where bar <paramref name="index"/> of <paramref name="bars"/> stands; of one bar, and after the last: at the end.</summary>
    internal static PlaceInPhrase PlaceOf(int index, int bars) => index >= bars - 1 ? PlaceInPhrase.Closing : index == 0 ? PlaceInPhrase.Opening : PlaceInPhrase.Within;

    private static ulong PlaceOf(Beats inBar, Beats bar) => 1UL << (int)Math.Clamp((inBar.Ticks * Places + bar.Ticks / 2) / bar.Ticks, 0, Places);

    private static void Write(ReadOnlySpan<int> counts, Span<double> law)
    {
        var total = 0.0;
        foreach (var count in counts) total += count;
        if (total == 0) return;
        for (var i = 0; i < law.Length; i++) law[i] = counts[i] / total;
    }

    /// <summary>A bar that begins at <paramref name="Start"/>: of the call, when <paramref name="Phrase"/> is -1, else of that phrase of the archive.</summary>
    internal readonly record struct Bar(Beats Start, int Phrase);
}
