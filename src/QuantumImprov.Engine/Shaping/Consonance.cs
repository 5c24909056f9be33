using QuantumImprov.Engine.Choosing;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// What the voices chosen before have sounding at one place, and how the next voice is drawn to what goes with it: thirds, fourths, fifths and sixths are left as they are, seconds, sevenths and the tritone damped,
/// semitones most, and so are the very pitch another voice has and what crosses it. It leans and forbids nothing. Allocates nothing. [engine]
/// </summary>
public sealed class Consonance
{
    /// <summary>What a pitch is damped by beside one a semitone away, in any octave.</summary>
    public const double Semitone = .03;

    /// <summary>The same for a whole tone.</summary>
    public const double WholeTone = .12;

    /// <summary>The same for three whole tones.</summary>
    public const double Tritone = .2;

    /// <summary>What the very pitch of another voice is damped by.</summary>
    public const double Unison = .2;

    /// <summary>What a pitch on the wrong side of another voice's is damped by.</summary>
    public const double Crossing = .1;

    private readonly int[] _pitches = new int[Candidates.Capacity], _sides = new int[Candidates.Capacity];
    private readonly double[] _weights = new double[Candidates.Capacity];
    private int _count;

    /// <summary>Nothing sounds.</summary>
    public void Clear() => _count = 0;

    /// <summary>
    /// <paramref name="pitch"/> sounds there, which counts <paramref name="weight"/>, 0 to 1: less where it is only passed by; the voice to be chosen for belongs above it (1), below it (-1) or anywhere (0), as
    /// <paramref name="side"/> says.
    /// </summary>
    public void Sound(int pitch, double weight, int side)
    {
        if (_count < _pitches.Length) (_pitches[_count], _weights[_count], _sides[_count++]) = (pitch, weight, side);
    }

    /// <summary>Damps each of <paramref name="candidates"/> by the one of the sounding pitches that it goes with worst.</summary>
    public void Lean(Candidates candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            var least = 1.0;
            for (var other = 0; other < _count; other++) least = Math.Min(least, 1 - _weights[other] * (1 - Beside(candidates.Pitches[i] - _pitches[other], _sides[other])));
            candidates.Favour[i] *= least;
        }
    }

    private static double Beside(int interval, int side) => interval == 0 ? Unison : interval * side < 0 ? Crossing : (Math.Abs(interval) % 12) switch
    {
        1 or 11 => Semitone,
        2 or 10 => WholeTone,
        6 => Tritone,
        _ => 1,
    };
}
