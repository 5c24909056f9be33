using QuantumImprov.Engine.Listening;

namespace QuantumImprov.Engine.Shaping;

/// <summary>The chords that a call has with the notes of its melody, so that a step that is said again can lead to the chord it led to. Allocates nothing after construction. [engine]</summary>
public sealed class SaidChords
{
    private readonly UInt128[] _beside = new UInt128[Phrase.Capacity];
    private readonly uint[] _shapes = new uint[Phrase.Capacity];
    private readonly byte[] _pitches = new byte[Phrase.Capacity];
    private int _count, _at = -1, _previous = -1;

    /// <summary>The shape of the chord that <see cref="Next"/> last found; 0: none (see <see cref="HeardNote.Shape"/>).</summary>
    public uint Shape => _at < 0 ? 0 : _shapes[_at];

    /// <summary>There is no call.</summary>
    public void Clear() => (_count, _at, _previous) = (0, -1, -1);

    /// <summary>Reads the chords of <paramref name="call"/>; an answer to it begins.</summary>
    public void Read(Call call)
    {
        (_count, _at, _previous) = (call.Notes.Length, -1, -1);
        for (var i = 0; i < _count; i++) (_beside[i], _shapes[i], _pitches[i]) = (call.Notes[i].Beside, call.Notes[i].Shape, call.Notes[i].Pitch);
    }

    /// <summary>
    /// The answer's melody goes on with <paramref name="pitch"/>, 0 to 127. Where the call has the step to it, from note to note in whatever octave, the keys it had with the second one, as many octaves up or down; where it has it more than
    /// once, as it went on from the last that was said again, or else as it did at last. 0: it has no such step, or no chord there.
    /// </summary>
    public UInt128 Next(int pitch)
    {
        var at = IsStep(_at + 1, pitch) ? _at + 1 : _count - 1;
        while (at > 0 && !IsStep(at, pitch)) at--;
        (_at, _previous) = (at > 0 ? at : -1, pitch);
        if (_at < 0) return 0;
        var up = pitch - _pitches[_at];
        return up >= 0 ? _beside[_at] << up : _beside[_at] >> -up;
    }

    private bool IsStep(int index, int pitch) =>
        _previous >= 0 && index > 0 && index < _count && (pitch - _pitches[index]) % 12 == 0 && pitch - _previous == _pitches[index] - _pitches[index - 1];
}
