using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Audio.Synth;

/// <summary>
/// A small room: two diffusers into a feedback network of eight delay lines with a Householder matrix and a damping filter in each line (after Jot and
/// Chaigne, 1991). Rings about 1.3 s. All memory is taken at construction. [player]
/// </summary>
internal sealed class Room
{
    private const int Lines = 8;
    private const double RingSeconds = 1.3;

    // Walls swallow the treble first: one pole at this frequency in each line.
    private const double DampingHertz = 4500;

    // Numbers too small to hear become 0 before they become denormal, which would make every multiplication many times slower.
    private const float Inaudible = 1e-15f;

    // Incommensurable lengths in milliseconds, so that echoes do not fall together.
    private static readonly double[] LineMilliseconds = [29.7, 34.1, 37.9, 41.3, 44.9, 49.7, 53.9, 59.3];

    // The lines side by side: what entered them at one frame stands together, so that writing is two vector stores.
    private readonly Vector128<float>[] _lines;
    private readonly int[] _delay = new int[Lines];
    private readonly float[] _diffuserA, _diffuserB;
    private readonly int _mask;
    private readonly float _open;
    private readonly Vector128<float> _gainLow, _gainHigh;
    private Vector128<float> _dampedLow, _dampedHigh;
    private int _at, _atA, _atB;

    public Room(int sampleRate)
    {
        var gain = new float[Lines];
        for (var i = 0; i < Lines; i++)
        {
            _delay[i] = Math.Max(8, (int)(LineMilliseconds[i] * sampleRate / 1000));
            gain[i] = (float)Elementary.Exp2(-9.965784284662087 * _delay[i] / (RingSeconds * sampleRate));
        }

        var size = (int)BitOperations.RoundUpToPowerOf2((uint)_delay[^1] + 1);
        _mask = size - 1;
        _lines = new Vector128<float>[size * 2];
        _gainLow = Vector128.Create(gain);
        _gainHigh = Vector128.Create(gain, 4);
        _diffuserA = new float[Math.Max(4, (int)(0.0053 * sampleRate))];
        _diffuserB = new float[Math.Max(4, (int)(0.0127 * sampleRate))];
        _open = (float)(1 - Elementary.Exp2(-2 * Math.PI * DampingHertz / sampleRate * 1.4426950408889634));
    }

    /// <summary>Takes one sample in and gives the room's answer to the left and right.</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Process(float input, out float left, out float right)
    {
        var diffuse = Diffuse(_diffuserB, ref _atB, Diffuse(_diffuserA, ref _atA, input));
        var open = Vector128.Create(_open);
        _dampedLow = Flush(_dampedLow + open * (Vector128.Create(Read(0), Read(1), Read(2), Read(3)) - _dampedLow));
        _dampedHigh = Flush(_dampedHigh + open * (Vector128.Create(Read(4), Read(5), Read(6), Read(7)) - _dampedHigh));
        var low = _dampedLow * _gainLow;
        var high = _dampedHigh * _gainHigh;
        var both = low + high;
        left = both.GetElement(0) - both.GetElement(2);
        right = both.GetElement(1) - both.GetElement(3);
        var sum = both.GetElement(0) + both.GetElement(1) + (both.GetElement(2) + both.GetElement(3));
        var common = Vector128.Create(diffuse - sum * (2f / Lines));
        _lines[_at * 2] = Flush(low + common);
        _lines[_at * 2 + 1] = Flush(high + common);
        _at = (_at + 1) & _mask;
    }

    /// <summary>Empties the room.</summary>
    [RealTime]
    public void Reset()
    {
        Array.Clear(_lines);
        Array.Clear(_diffuserA);
        Array.Clear(_diffuserB);
        _dampedLow = _dampedHigh = Vector128<float>.Zero;
        _at = _atA = _atB = 0;
    }

    /// <summary>What leaves line <paramref name="line"/> now.</summary>
    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Read(int line) =>
        Unsafe.Add(ref Unsafe.As<Vector128<float>, float>(ref _lines[((_at - _delay[line]) & _mask) * 2]), line);

    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Diffuse(float[] line, ref int at, float input)
    {
        var old = line[at];
        var fed = input + 0.6f * old;
        if (Math.Abs(fed) < Inaudible) fed = 0;
        line[at] = fed;
        if (++at == line.Length) at = 0;
        return old - 0.6f * fed;
    }

    [RealTime]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Flush(Vector128<float> value) =>
        Vector128.ConditionalSelect(Vector128.LessThan(Vector128.Abs(value), Vector128.Create(Inaudible)), Vector128<float>.Zero, value);
}
