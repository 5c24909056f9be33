using System.Numerics;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>Moves pitches by steps of a key; what lies between two of its notes keeps its distance from the lower one. Pure.</summary>
public static class DiatonicSteps
{
    private const int PerOctave = 7;

    /// <summary>The pitch <paramref name="steps"/> steps of the key above <paramref name="pitch"/>; below, when negative.</summary>
    public static int Move(Key key, int pitch, int steps)
    {
        var (place, above) = PlaceOf(key, pitch);
        return PitchAt(key, place + steps) + above;
    }

    /// <summary>The pitch <paramref name="steps"/> notes of <paramref name="scale"/> above <paramref name="pitch"/>, or below, when negative; of a pitch outside it the next one on that side counts as the first.</summary>
    public static int Move(Scale scale, int pitch, int steps)
    {
        var (towards, left) = (steps < 0 ? -1 : 1, Math.Abs(steps));
        while (left > 0)
        {
            pitch += towards;
            left -= scale.Classes >> (pitch % 12 + 12) % 12 & 1;
        }

        return pitch;
    }

    /// <summary>The pitch as many steps of the key below <paramref name="axis"/> as <paramref name="pitch"/> is above it.</summary>
    public static int Mirror(Key key, int pitch, int axis)
    {
        var (place, above) = PlaceOf(key, pitch);
        var (centre, centreAbove) = PlaceOf(key, axis);
        return PitchAt(key, 2 * centre - place) + 2 * centreAbove - above;
    }

    // The number of the highest note of the key that is not above the pitch, and how far it lies below.
    private static (int Place, int Above) PlaceOf(Key key, int pitch)
    {
        var (octave, degree, above) = (FloorDivide(pitch - key.Tonic, 12), key.Degree(pitch), 0);
        var scale = ScaleOf(key);
        while ((scale >> degree & 1) == 0) (degree, above) = (degree - 1, above + 1);
        return (octave * PerOctave + BitOperations.PopCount((uint)(scale & ((1 << degree) - 1))), above);
    }

    private static int PitchAt(Key key, int place)
    {
        var (octave, left, degree) = (FloorDivide(place, PerOctave), place - FloorDivide(place, PerOctave) * PerOctave, 0);
        var scale = ScaleOf(key);
        while (left > 0 || (scale >> degree & 1) == 0) left -= scale >> degree++ & 1;
        return key.Tonic + octave * 12 + degree;
    }

    private static int ScaleOf(Key key)
    {
        var scale = 0;
        for (var degree = 0; degree < 12; degree++) scale |= key.HoldsNaturally(key.Tonic + degree) ? 1 << degree : 0;
        return scale;
    }

    private static int FloorDivide(int a, int b) => a / b - (a % b < 0 ? 1 : 0);
}
