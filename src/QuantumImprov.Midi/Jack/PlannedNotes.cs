using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// The notes of one measuring run at known frames: 5 to 40 ms apart, 1 to 60 ms long. Pitch and velocity tell a note from its neighbours, so that a lost
/// one does not shift the comparison.
/// </summary>
internal sealed class PlannedNotes
{
    private const int Pitches = 64, Velocities = 127, LowestPitch = 36, Cycle = Pitches * Velocities;
    private readonly long[] _frames;
    private readonly int[] _lengths;

    public PlannedNotes(int count, int rate, long firstFrame, ulong seed)
    {
        var random = new Xoshiro(seed);
        _frames = new long[count];
        _lengths = new int[count];
        for (var i = 0; i < count; i++)
        {
            _frames[i] = firstFrame;
            _lengths[i] = rate / 1000 + random.NextInt(rate * 59 / 1000);
            firstFrame += rate / 200 + random.NextInt(rate * 35 / 1000 + 1);
        }
    }

    public int Count => _frames.Length;

    public long On(int note) => _frames[note];

    public long Off(int note) => _frames[note] + _lengths[note];

    public static int Pitch(int note) => LowestPitch + note % Pitches;

    public static int Velocity(int note) => 1 + note / Pitches % Velocities;

    /// <summary>The first note from <paramref name="from"/> on with that pitch and velocity; -1 when there is none.</summary>
    public int Find(int from, int pitch, int velocity)
    {
        if (pitch is < LowestPitch or >= LowestPitch + Pitches || velocity is < 1 or > Velocities) return -1;
        var place = pitch - LowestPitch + (velocity - 1) * Pitches;
        var note = from + (place - from % Cycle + Cycle) % Cycle;
        return note < Count ? note : -1;
    }
}
