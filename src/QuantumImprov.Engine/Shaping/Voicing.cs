using System.Numerics;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Voices chords beside a leading note: of all ways to place a shape's notes within two octaves of it, the one in which the voices move least from the chord before, lowest to lowest, so that none
/// cross. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Voicing
{
    /// <summary>The most notes beside the leading one.</summary>
    public const int Most = 6;

    private readonly byte[] _voices = new byte[Most], _trial = new byte[Most], _best = new byte[Most];
    private int _count;

    /// <summary>The notes of the last chord beside its leading note, ascending.</summary>
    public ReadOnlySpan<byte> Voices => _voices.AsSpan(0, _count);

    /// <summary>The next chord has no chord before it.</summary>
    public void Restart() => _count = 0;

    /// <summary>
    /// Places the notes of <paramref name="shape"/>, below <paramref name="lead"/> or, when <paramref name="above"/>, over it, into <see cref="Voices"/>; of more than <see cref="Most"/> the nearest
    /// ones. Gives the semitones all voices moved; 0 where the number of voices changed or nothing came before: then the notes stand as the shape has them.
    /// </summary>
    public int Place(int lead, uint shape, bool above)
    {
        var count = Math.Min(Most, BitOperations.PopCount(shape));
        Span<int> distances = stackalloc int[Most];
        for (var (i, rest) = (0, shape); i < count; i++, rest &= rest - 1) distances[i] = BitOperations.TrailingZeroCount(rest);
        if (count != _count)
        {
            Write(lead, distances[..count], above, moved: 0, _trial);
            Take(count, _trial);
            return 0;
        }

        var least = int.MaxValue;
        for (var moved = 0; moved < 1 << count; moved++)
        {
            if (!Write(lead, distances[..count], above, moved, _trial)) continue;
            var motion = 0;
            for (var i = 0; i < count; i++) motion += Math.Abs(_trial[i] - _voices[i]);
            if (motion >= least) continue;
            least = motion;
            _trial.CopyTo(_best, 0);
        }

        Take(count, _best);
        return least;
    }

    /// <summary>The chord's notes are those of <paramref name="keys"/>, bit by bit: bit i is MIDI note i; <see cref="Most"/> at most.</summary>
    public void Stand(UInt128 keys)
    {
        for (_count = 0; keys != 0 && _count < Most; keys &= keys - 1) _voices[_count++] = (byte)UInt128.TrailingZeroCount(keys);
    }

    // Each note where the shape has it or, where its bit of `moved` is set, an octave nearer or further; false when that leaves the two octaves or makes two notes one.
    private static bool Write(int lead, ReadOnlySpan<int> distances, bool above, int moved, Span<byte> voices)
    {
        var fits = true;
        for (var i = 0; i < distances.Length; i++)
        {
            var distance = distances[i];
            if ((moved >> i & 1) != 0) distance += distance > 12 ? -12 : 12;
            fits &= distance is > 0 and <= ChordShapes.Widest;
            var pitch = above ? lead + distance : lead - distance;
            if (pitch is < 0 or > 127) pitch = above ? pitch - 12 : pitch + 12;
            voices[i] = (byte)pitch;
        }

        Ordering.Sort(voices[..distances.Length]);
        for (var i = 1; i < distances.Length; i++) fits &= voices[i] != voices[i - 1];
        return fits;
    }

    private void Take(int count, ReadOnlySpan<byte> from)
    {
        _count = count;
        from[..count].CopyTo(_voices);
    }
}
