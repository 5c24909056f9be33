using QuantumImprov.Engine.Listening;

namespace QuantumImprov.Engine.Shaping;

/// <summary>The chords that a call has with the notes of its melody, so that what is said again can have the chord again that it had. Allocates nothing after construction. [engine]</summary>
public sealed class SaidChords
{
    // A call in chords, rather than one with a chord now and then.
    private const double Most = .5;

    private readonly UInt128[] _beside = new UInt128[Phrase.Capacity];
    private readonly uint[] _shapes = new uint[Phrase.Capacity];
    private readonly byte[] _pitches = new byte[Phrase.Capacity];
    private int _count, _at = -1, _previous = -1;

    /// <summary>Whether the call is in chords: at least half of its notes have one.</summary>
    public bool IsThere { get; private set; }

    /// <summary>The shape of the chord that <see cref="Next"/> last found; 0: none (see <see cref="HeardNote.Shape"/>).</summary>
    public uint Shape => _at < 0 ? 0 : _shapes[_at];

    /// <summary>There is no call.</summary>
    public void Clear() => (_count, _at, _previous, IsThere) = (0, -1, -1, false);

    /// <summary>Reads the chords of <paramref name="call"/>; an answer to it begins.</summary>
    public void Read(Call call)
    {
        (_count, _at, _previous) = (call.Notes.Length, -1, -1);
        var chords = 0;
        for (var i = 0; i < _count; i++)
        {
            (_beside[i], _shapes[i], _pitches[i]) = (call.Notes[i].Beside, call.Notes[i].Shape, call.Notes[i].Pitch);
            chords += _beside[i] == 0 ? 0 : 1;
        }

        IsThere = chords > 0 && chords >= Most * _count;
    }

    /// <summary>
    /// The answer's melody goes on with <paramref name="pitch"/>, 0 to 127, which in some octave is what note <paramref name="source"/> of the call has in its place (below 0: it is not what the call has there). The keys that the call had with what
    /// is said again, as many octaves up or down: with the second note of the same step from note to note, if that is the one after the last that was said again; else with the note in its place, or with the second note of the last such step the
    /// call has. 0: there is none, or no chord with it, or it has keys outside <paramref name="range"/>, or more than <paramref name="most"/>.
    /// </summary>
    public UInt128 Next(int source, int pitch, (int Low, int High) range, int most)
    {
        (_at, _previous) = (Find(source, pitch), pitch);
        if (_at < 0 || _beside[_at] == 0) return 0;
        var (keys, up) = (_beside[_at], pitch - _pitches[_at]);
        if ((int)UInt128.PopCount(keys) > most || ChordKeys.Lowest(keys) + up < range.Low || ChordKeys.Highest(keys) + up > range.High) return 0;
        return ChordKeys.Moved(keys, up);
    }

    private int Find(int source, int pitch)
    {
        if (IsStep(_at + 1, pitch)) return _at + 1;
        if (source >= 0) return source;
        for (var i = _count - 1; i > 0; i--)
        {
            if (IsStep(i, pitch)) return i;
        }

        return -1;
    }

    private bool IsStep(int index, int pitch) =>
        _previous >= 0 && index > 0 && index < _count && (pitch - _pitches[index]) % 12 == 0 && pitch - _previous == _pitches[index] - _pitches[index - 1];
}
