using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// The chords an answer stands on, one a bar: those of the call, bar for bar, as its notes and chords suggest them among the triads of the key; towards the end those of the cadence. A chord is a set of pitch classes,
/// bit by bit: bit 0 is C. Allocates nothing after construction. [engine]
/// </summary>
public sealed class ChordTrack
{
    /// <summary>The bars of a call that are told apart; a longer one is followed by its last.</summary>
    public const int MostBars = 64;

    // A note on a bar line says as much of its bar's chord as two elsewhere; a note outside speaks against a chord nearly as much as one inside for it.
    private const double OnBarLine = 2, Outside = -.7;

    // How usual each triad is, from the tonic's up the scale, in notes of a quarter.
    private static ReadOnlySpan<double> Usual => [.6, .2, -.2, .4, .4, .1, -.4];

    private readonly int[] _chords = new int[MostBars];
    private int _count, _upbeat, _penultimate, _last;

    /// <summary>No chords: every pitch is as good as another.</summary>
    public void Clear() => _count = 0;

    /// <summary>The chords are those of <paramref name="other"/>, whose answer began <paramref name="bars"/> bars earlier.</summary>
    public void CopyFrom(ChordTrack other, int bars)
    {
        (_count, _penultimate, _last) = (other._count, other._penultimate, other._last);
        _upbeat = bars == 0 || _count == 0 ? other._upbeat : other._chords[(bars - 1) % _count];
        for (var bar = 0; bar < _count; bar++) _chords[bar] = other._chords[(bar + bars) % _count];
    }

    /// <summary>Reads the chords of <paramref name="model"/> in <paramref name="key"/>, in <paramref name="metre"/> with a bar line at <paramref name="barOrigin"/>, for an answer that ends on <paramref name="endDegree"/>.</summary>
    public void Follow(Call model, Key key, int endDegree, Beats barOrigin, Metre metre)
    {
        _count = 0;
        if (model.Notes.IsEmpty) return;
        // As the rhythm is counted: an upbeat is no bar.
        var (line, bars) = RhythmCells.BarsOf(model.Notes, barOrigin, metre.Bar);
        var first = BarOf(line);
        var before = Triad(key, 0);
        var begins = model.Notes[0].Onset < line;
        if (begins) before = _upbeat = Guess(model, key, first - 1, before);
        for (var bar = Math.Max(0, bars - MostBars); bar < bars; bar++) _chords[_count++] = before = Guess(model, key, first + bar, before);
        if (!begins) _upbeat = before;
        (_penultimate, _last) = endDegree == 7 ? (Triad(key, 1), Triad(key, 4)) : (Dominant(key), Triad(key, 0));

        long BarOf(Beats at) => (at - barOrigin).Floor(metre.Bar).Ticks / metre.Bar.Ticks;

        int Guess(Call call, Key inKey, long bar, int otherwise)
        {
            var (best, bestScore) = (otherwise, 0.0);
            for (var degree = 0; degree < 7; degree++)
            {
                var chord = degree == 4 && inKey.Mode == Mode.Minor ? Dominant(inKey) : Triad(inKey, degree);
                var (score, any) = (Usual[degree], false);
                foreach (var note in call.Notes)
                {
                    if (BarOf(note.Onset) != bar) continue;
                    any = true;
                    var weight = Math.Sqrt(note.Duration.Quarters) * ((note.Onset - barOrigin).Modulo(metre.Bar) == Beats.Zero ? OnBarLine : 1);
                    score += weight * (Holds(chord, note.Pitch) ? 1 : Outside);
                    for (var beside = Call.ClassesBeside(note); beside != 0; beside &= beside - 1) score += weight * (Holds(chord, System.Numerics.BitOperations.TrailingZeroCount(beside)) ? 1 : Outside);
                }

                if (any && (score > bestScore || bestScore == 0)) (best, bestScore) = (chord, score);
            }

            return best;
        }
    }

    /// <summary>The chord of bar <paramref name="bar"/>, from -1, the one that leads up to the first, of an answer whose last note begins in bar <paramref name="lastBar"/>; all pitch classes where nothing is known.</summary>
    public int At(int bar, int lastBar) =>
        _count == 0 ? 0xFFF : bar < 0 ? _upbeat : bar >= lastBar ? _last : bar == lastBar - 1 && lastBar > 1 ? _penultimate : _chords[bar % _count];

    /// <summary>Whether <paramref name="chord"/> has <paramref name="pitch"/>.</summary>
    public static bool Holds(int chord, int pitch) => (chord >> pitch % 12 & 1) != 0;

    // Thirds over a degree of the scale as the signature has it, 0 to 6.
    private static int Triad(Key key, int degree)
    {
        ReadOnlySpan<int> scale = key.Mode == Mode.Major ? [0, 2, 4, 5, 7, 9, 11] : [0, 2, 3, 5, 7, 8, 10];
        var chord = 0;
        for (var third = 0; third < 3; third++) chord |= 1 << (key.Tonic + scale[(degree + 2 * third) % 7]) % 12;
        return chord;
    }

    // The fifth's major triad, in minor too.
    private static int Dominant(Key key) => 1 << (key.Tonic + 7) % 12 | 1 << (key.Tonic + 11) % 12 | 1 << (key.Tonic + 2) % 12;
}
