using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// What the performer's other hand plays under, or over, the melody of one call, chord by chord as keys: an alphabet of that call alone, and three views that foretell the next chord: by how often each came, by the chord before, and by what
/// stood at the same place of the call. One candidate more is the chord before led on to the harmony, for harmonies under which the call had no chord. Keys are bit by bit: bit i is MIDI note i. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Accompaniment
{
    /// <summary>The most chords told apart; those that come later in the call are passed by.</summary>
    public const int Most = 32;

    /// <summary>How many laws <see cref="WriteLaws"/> writes.</summary>
    public const int Views = 3;

    // A hand of its own: its chords lie apart from the whole melody, but for a few, and they are fewer than the melody's notes, or say themselves again.
    private const double Apart = .8, Fewer = .7, Again = .5;
    private const int Fewest = 2;

    // How well a chord goes where one of its notes is not of the harmony, or not even of the key; and what a view gives to what it has not seen.
    private const double OffChord = .15, OffKey = .03, Unseen = .1;

    // How strongly the view of the place speaks, beside the others, under a note that the call had there too: what is said again is played over what it was played over.
    private const double Returning = 5;

    private readonly ViewCouncil _council = new(Views, Most + 1);
    private readonly UInt128[] _chords = new UInt128[Most], _placed = new UInt128[Most + 1];
    private readonly int[] _came = new int[Most], _after = new int[Most * Most];
    private readonly sbyte[] _at = new sbyte[Phrase.Capacity];
    private readonly Beats[] _held = new Beats[Phrase.Capacity];
    private readonly double[] _fits = new double[Most + 1];
    private int _previous;
    private bool _above;

    /// <summary>Whether the call has an accompaniment: chords of a hand of its own, rather than of the melody.</summary>
    public bool IsThere { get; private set; }

    /// <summary>How many chords the call has, and one more for the one that is led on; 0 when there is none.</summary>
    public int Count => IsThere ? Known + 1 : 0;

    private int Known { get; set; }

    /// <summary>The keys of candidate <paramref name="index"/> where <see cref="Place"/> was last asked; 0 where they have no room.</summary>
    public UInt128 this[int index] => _placed[index];

    /// <summary>There is no accompaniment.</summary>
    public void Clear() => (IsThere, Known, _previous) = (false, 0, -1);

    /// <summary>How long the chord was held that came with note <paramref name="source"/> of the call; 0 for a note below 0.</summary>
    public Beats HeldAt(int source) => source < 0 ? Beats.Zero : _held[source];

    /// <summary>Reads the accompaniment of <paramref name="call"/>.</summary>
    public void Read(Call call)
    {
        (Known, _previous) = (0, -1);
        Array.Clear(_came);
        Array.Clear(_after);
        var (events, below, above) = (0, 0, 0);
        for (var i = 0; i < call.Notes.Length; i++)
        {
            (_at[i], _held[i]) = (-1, call.Notes[i].BesideDuration);
            var keys = call.Notes[i].Beside;
            if (keys == 0) continue;
            events++;
            below += ChordKeys.Highest(keys) < call.Range.Low ? 1 : 0;
            above += ChordKeys.Lowest(keys) > call.Range.High ? 1 : 0;
            var index = IndexOf(keys);
            if (index < 0) continue;
            _at[i] = (sbyte)index;
            _came[index]++;
            if (_previous >= 0) _after[_previous * Most + index]++;
            _previous = index;
        }

        _above = above > below;
        IsThere = events >= Fewest && Math.Max(below, above) >= Apart * events && (events <= Fewer * call.Notes.Length || Known <= Again * events);
        _previous = -1;
    }

    /// <summary>
    /// Places every chord beside the leading note <paramref name="lead"/>, octaves up or down into <paramref name="range"/> and never across the lead, and sees how well it goes with <paramref name="harmony"/> and
    /// <paramref name="belonging"/> (pitch classes bit by bit: bit 0 is C); with <paramref name="strictly"/> nothing goes that has a note outside <paramref name="belonging"/>. False when no chord has room.
    /// </summary>
    public bool Place(int lead, (int Low, int High) range, int harmony, int belonging, bool strictly)
    {
        var (any, fits) = (false, false);
        for (var i = 0; i < Known; i++)
        {
            _placed[i] = Moved(_chords[i], lead, range);
            _fits[i] = _placed[i] == 0 ? 0 : ChordKeys.AreWithin(_chords[i], harmony) ? 1 : ChordKeys.AreWithin(_chords[i], belonging) ? OffChord : strictly ? 0 : OffKey;
            any |= _fits[i] > 0;
            fits |= _fits[i] == 1;
        }

        _placed[Known] = fits ? 0 : Moved(Led(_chords[Math.Max(0, _previous)], harmony), lead, range);
        _fits[Known] = _placed[Known] == 0 ? 0 : 1;
        return any || _fits[Known] > 0;
    }

    /// <summary>
    /// Writes what each view says of the next chord, as it was placed: <see cref="Views"/> rows of <see cref="Count"/> weights from 0 to 1, in the right proportion to each other.
    /// </summary>
    /// <param name="source">The note of the call whose place it is; below 0: none.</param>
    /// <param name="returns">Whether the leading note is the one the call had there: then its chord is as good as any, whatever the harmony is taken for, unless it must not sound at all, and the view of the place knows no other.</param>
    /// <param name="laws">At least <see cref="Views"/> times <see cref="Count"/>.</param>
    public void WriteLaws(int source, bool returns, Span<double> laws)
    {
        var here = source >= 0 ? _at[source] : -1;
        for (var i = 0; i < Count; i++)
        {
            var known = i < Known;
            laws[i] = Weight(known ? _came[i] : 0);
            laws[Count + i] = Weight(known && _previous >= 0 ? _after[_previous * Most + i] : 0);
            laws[2 * Count + i] = i == here ? Weight(1) : returns && here >= 0 ? 0 : Weight(0);
        }

        for (var view = 0; view < Views; view++)
        {
            var row = laws.Slice(view * Count, Count);
            var sum = 0.0;
            for (var i = 0; i < Count; i++) sum += row[i] *= returns && i == here ? Math.Ceiling(_fits[i]) : _fits[i];
            for (var i = 0; i < Count && sum > 0; i++) row[i] /= sum;
        }

        static double Weight(int count) => count + Unseen;
    }

    /// <summary>
    /// A candidate measured for the place of note <paramref name="source"/> of the call (below 0: none), where <see cref="Place"/> has found room; see <see cref="Sound"/>. With <paramref name="returns"/> the leading note is the one the call
    /// had there, and the view of the place speaks for more than the others together.
    /// </summary>
    public int Choose(int source, bool returns, double coherence, Xoshiro random)
    {
        Load(source, returns);
        return _council.Choose(Count, coherence, random);
    }

    /// <summary>The exact law of <see cref="Choose"/>, one entry a candidate.</summary>
    public void WriteLaw(int source, bool returns, double coherence, Span<double> law)
    {
        Load(source, returns);
        _council.WriteLaw(Count, coherence, law);
    }

    private void Load(int source, bool returns)
    {
        WriteLaws(source, returns, _council.Rows(Count));
        _council.Weights.Fill(1);
        if (returns) _council.Weights[Views - 1] = Returning;
    }

    /// <summary>Candidate <paramref name="index"/> sounds: what comes next comes after it. What was led on stands for the chord it was led from.</summary>
    public void Sound(int index) => _previous = index < Known ? index : Math.Max(0, _previous);

    private int IndexOf(UInt128 keys)
    {
        for (var i = 0; i < Known; i++)
        {
            if (_chords[i] == keys) return i;
        }

        if (Known == Most) return -1;
        _chords[Known] = keys;
        return Known++;
    }

    // By whole octaves, as few as possible; 0 when there is no room.
    private UInt128 Moved(UInt128 keys, int lead, (int Low, int High) range)
    {
        if (keys == 0) return 0;
        var (low, high) = _above ? (Math.Max(range.Low, lead + 1), range.High) : (range.Low, Math.Min(range.High, lead - 1));
        var octaves = 0;
        while (ChordKeys.Lowest(keys) + 12 * octaves < low) octaves++;
        while (ChordKeys.Highest(keys) + 12 * octaves > high) octaves--;
        if (ChordKeys.Lowest(keys) + 12 * octaves < low) return 0;
        return ChordKeys.Moved(keys, 12 * octaves);
    }

    // Each key goes to the nearest one of the harmony that is free, the lower of two; every pitch class is where it is when all are of it.
    private static UInt128 Led(UInt128 keys, int harmony)
    {
        UInt128 led = 0;
        for (var rest = keys; rest != 0; rest &= rest - 1)
        {
            var key = (int)UInt128.TrailingZeroCount(rest);
            for (var step = 0; step < 12; step++)
            {
                var to = key + ((step & 1) == 0 ? step / 2 : -(step + 1) / 2);
                if (to is < 0 or > 127 || (harmony >> to % 12 & 1) == 0 || (led >> to & 1) != 0) continue;
                led |= UInt128.One << to;
                break;
            }
        }

        return led;
    }
}
