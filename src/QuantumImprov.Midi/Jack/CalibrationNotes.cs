using System.Collections.Immutable;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// The notes of one calibrating run at known frames, one velocity after the other, each a tenth of a second long. They lie further apart than the longest echo that is waited for, by lengths that do not repeat.
/// </summary>
internal sealed class CalibrationNotes
{
    /// <summary>The longest echo that is waited for, in seconds.</summary>
    public const double WindowSeconds = .3;

    private const double Gap = .35, MoreGap = .1, Length = .1;
    private const int LowestPitch = 60, Pitches = 12;

    // So many notes back an echo that comes too late is still known for what it is.
    private const int Remembered = 3;

    private readonly long[] _frames;
    private readonly int _length, _window;

    public CalibrationNotes(int count, int rate, long firstFrame, ulong seed)
    {
        var random = new Xoshiro(seed);
        (_frames, _length, _window) = (new long[count], (int)(rate * Length), (int)(rate * WindowSeconds));
        for (var i = 0; i < count; i++)
        {
            _frames[i] = firstFrame;
            firstFrame += (int)(rate * Gap) + random.NextInt((int)(rate * MoreGap));
        }
    }

    /// <summary>The velocities, from soft to loud.</summary>
    public static ImmutableArray<int> Velocities { get; } = [10, 30, 50, 70, 90, 110, 127];

    public int Count => _frames.Length;

    /// <summary>Until when the last echo is waited for.</summary>
    public long End => _frames[^1] + _window;

    public long On(int note) => _frames[note];

    public long Off(int note) => _frames[note] + _length;

    public static int Pitch(int note) => LowestPitch + note % Pitches;

    public static int Velocity(int note) => Velocities[note % Velocities.Length];

    /// <summary>
    /// Whose echo it is that came at <paramref name="frame"/> with <paramref name="pitch"/>: that of the note played last before, if it came in time. Whatever its pitch (a sensor has one of its own), unless it is that of one of the notes
    /// before: then it is theirs, and too late. -1: nobody's.
    /// </summary>
    public int EchoOf(long frame, int pitch)
    {
        var note = Array.BinarySearch(_frames, frame);
        if (note < 0) note = ~note - 1;
        if (note < 0 || frame - _frames[note] > _window) return -1;
        if (pitch == Pitch(note)) return note;
        for (var back = 1; back <= Remembered && back <= note; back++)
        {
            if (pitch == Pitch(note - back)) return -1;
        }

        return note;
    }
}
