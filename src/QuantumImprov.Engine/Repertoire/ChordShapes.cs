using System.Numerics;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>
/// The chord shapes the performer plays under, or over, a leading note: an alphabet of its own, and three views of it that foretell the next shape: by the leading note's degree, by the shape
/// before, and by what came in this phrase. A shape is a set of distances from the leading note, bit by bit: bit i is a note i semitones away. Allocates nothing after construction. [engine]
/// </summary>
public sealed class ChordShapes
{
    /// <summary>The most shapes told apart; a performer who uses more is known by those he used first.</summary>
    public const int Most = 64;

    /// <summary>How many laws <see cref="WriteLaws"/> writes.</summary>
    public const int Views = 3;

    /// <summary>The widest chord, in semitones.</summary>
    public const int Widest = 24;

    private const double Unseen = .1;
    private readonly uint[] _shapes = new uint[Most];
    private readonly int[] _byDegree = new int[24 * Most], _after = new int[Most * Most], _now = new int[Most];

    /// <summary>The shapes, in the order they were first heard.</summary>
    public ReadOnlySpan<uint> Shapes => _shapes.AsSpan(0, Count);

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>How many notes a chord of <paramref name="shape"/> has beside its leading note.</summary>
    public static int Notes(uint shape) => BitOperations.PopCount(shape);

    /// <summary>The place of <paramref name="shape"/> in the alphabet; -1 when it is not there.</summary>
    public int IndexOf(uint shape) => Shapes.IndexOf(shape);

    /// <summary>A phrase begins: what came in the last one is no longer near.</summary>
    public void Begin() => Array.Clear(_now);

    /// <summary>Learns that <paramref name="shape"/> (not 0) came with <paramref name="pitch"/> in <paramref name="key"/>, after the shape at <paramref name="previous"/> (-1: none); gives its place.</summary>
    public int Hear(Key key, int pitch, uint shape, int previous)
    {
        var index = IndexOf(shape);
        if (index < 0)
        {
            if (Count == Most) return -1;
            index = Count;
            _shapes[Count++] = shape;
        }

        _byDegree[Row(key, pitch) + index]++;
        if (previous >= 0) _after[previous * Most + index]++;
        _now[index]++;
        return index;
    }

    /// <summary>Writes what each view says of the next shape: <see cref="Views"/> rows of <paramref name="columns"/> probabilities, at least <see cref="Count"/>; what is more than that is 0.</summary>
    public void WriteLaws(Key key, int pitch, int previous, Span<double> laws, int columns)
    {
        laws[..(Views * columns)].Clear();
        Write(_byDegree.AsSpan(Row(key, pitch), Count), laws[..Count]);
        if (previous >= 0) Write(_after.AsSpan(previous * Most, Count), laws.Slice(columns, Count));
        else laws.Slice(columns, Count).Fill(1.0 / Count);
        Write(_now.AsSpan(0, Count), laws.Slice(2 * columns, Count));
    }

    private static int Row(Key key, int pitch) => ((int)key.Mode * 12 + key.Degree(pitch)) * Most;

    private static void Write(ReadOnlySpan<int> counts, Span<double> law)
    {
        var total = 0.0;
        foreach (var count in counts) total += count + Unseen;
        for (var i = 0; i < law.Length; i++) law[i] = (counts[i] + Unseen) / total;
    }
}
