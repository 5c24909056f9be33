using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>
/// Knows what a call says, and so whether an answer says it again: every run of four steps, at whatever pitch or, where the call is in chords or another hand goes with its melody, every note at its own place, so that what it was played over can return with it.
/// Keeps account within one answer and tells how much the next return is wanted. Allocates nothing after construction. [engine]
/// </summary>
public sealed class Returns
{
    /// <summary>Steps of a run; the measure of motif return (windows of four successive intervals).</summary>
    public const int Steps = 4;

    // How strongly a return that is owed, or was too many, is felt, and at most.
    private const double Pull = 3, Greatest = 1000, HeadStart = 3;

    // A run has five notes, of melody or chord, and does not return when one of them is missed.
    private const double NotesARun = 5;

    private readonly uint[] _runs = new uint[Phrase.Capacity];
    private readonly byte[] _pitches = new byte[Phrase.Capacity];
    private int _count, _played, _runsPlayed, _returned;

    // In place: how far up the answer says it, which note of the call is the next place's, and which one the last place said, if it did.
    private bool _inPlace, _counts;
    private int _shift, _place, _said;
    private uint _last;
    private int _previous;
    private double _share;

    /// <summary>Begins an answer to <paramref name="call"/> in which the share <paramref name="share"/> (0 to 1) of its runs should be the call's.</summary>
    public void Begin(Call call, double share)
    {
        (_count, _played, _runsPlayed, _returned, _last, _share, _inPlace) = (0, 0, 0, 0, 0, share, false);
        var run = 0u;
        for (var i = 1; i < call.Notes.Length; i++)
        {
            run = run << 8 | (byte)(call.Notes[i].Pitch - call.Notes[i - 1].Pitch);
            if (i >= Steps) _runs[_count++] = run;
        }

        Ordering.Sort(_runs.AsSpan(0, _count));
    }

    /// <summary>
    /// Begins an answer to <paramref name="call"/> in which the share <paramref name="share"/> (0 to 1) of its runs should be the call's at their own places, <paramref name="shift"/> semitones up: account is kept of notes, as many of which return as
    /// that takes.
    /// </summary>
    public void BeginInPlace(Call call, double share, int shift)
    {
        (_count, _played, _runsPlayed, _returned, _share, _inPlace) = (call.Notes.Length, 0, 0, 0, Math.Pow(share, 1 / NotesARun), true);
        (_shift, _place, _said) = (shift, -1, -1);
        for (var i = 0; i < _count; i++) _pitches[i] = call.Notes[i].Pitch;
    }

    /// <summary>The answer's next note stands where note <paramref name="source"/> of the call stood; below 0: where none did. Where it is <paramref name="free"/> to return or not it counts; a motif's note has no choice.</summary>
    public void Await(int source, bool free) => (_place, _counts) = (source, free && source >= 0);

    /// <summary>Whether <paramref name="pitch"/> is what the call has at the awaited place, in any octave.</summary>
    public bool IsSaidThere(int pitch) => _inPlace && _place >= 0 && (pitch - _pitches[_place]) % 12 == 0;

    /// <summary>Whether <paramref name="pitch"/> as the answer's next note completes a run of the call; in place: goes on with what the call has there.</summary>
    public bool Completes(int pitch) => _inPlace ? _said >= 0 && _said + 1 == _place && Returned(pitch) : _played >= Steps && _runs.AsSpan(0, _count).BinarySearch(_last << 8 | (byte)(pitch - _previous)) >= 0;

    /// <summary>Whether <paramref name="pitch"/> as the answer's next note takes the first three steps of a run of the call; in place: is what the call has there.</summary>
    public bool Begins(int pitch)
    {
        if (_inPlace) return Returned(pitch);
        if (_played < Steps - 1) return false;
        var first = (_last << 8 | (byte)(pitch - _previous)) << 8;
        var at = _runs.AsSpan(0, _count).BinarySearch(first);
        return at >= 0 || (~at < _count && _runs[~at] >> 8 == first >> 8);
    }

    /// <summary>How much <paramref name="pitch"/> is favoured, 0 to 1, for the run it completes, the run it begins, or for neither.</summary>
    public double Favour(int pitch)
    {
        var preference = Preference;
        if (preference == 1) return 1;
        var weight = Completes(pitch) ? preference : Begins(pitch) ? _inPlace ? preference : Math.Sqrt(preference) : 1;
        return preference > 1 ? weight / preference : weight;
    }

    /// <summary>The favour of a pitch that neither completes nor begins a run.</summary>
    public double Plain => Math.Min(1, 1 / Preference);

    /// <summary>How much a pitch that completes a run is preferred to one that does not: above 1 when returns are owed, below 1 when there were too many.</summary>
    public double Preference => _count == 0 || (_played < Steps - 1 && !_inPlace) ? 1 : Math.Clamp(Math.Exp(Pull * (_share * (_runsPlayed + HeadStart) - _returned)), 1 / Greatest, Greatest);

    /// <summary>The answer goes on with <paramref name="pitch"/>.</summary>
    public void Play(int pitch)
    {
        if (_inPlace)
        {
            _said = Returned(pitch) ? _place : -1;
            if (_counts) (_runsPlayed, _returned) = (_runsPlayed + 1, _returned + (_said >= 0 ? 1 : 0));
            return;
        }

        if (Completes(pitch)) _returned++;
        if (_played >= Steps) _runsPlayed++;
        if (_played > 0) _last = _last << 8 | (byte)(pitch - _previous);
        _previous = pitch;
        _played++;
    }

    private bool Returned(int pitch) => _place >= 0 && pitch - _shift == _pitches[_place];

    /// <summary>The share of the runs of four steps in the second half of <paramref name="notes"/> that occur in the first; the runs counted are given as well.</summary>
    internal (int Returned, int Runs) Within(ReadOnlySpan<byte> notes)
    {
        var half = notes.Length / 2;
        var (run, runs, returned) = (0u, 0, 0);
        _count = 0;
        for (var i = 1; i < half && _count < _runs.Length; i++)
        {
            run = run << 8 | (byte)(notes[i] - notes[i - 1]);
            if (i >= Steps) _runs[_count++] = run;
        }

        var known = _runs.AsSpan(0, _count);
        Ordering.Sort(known);
        run = 0;
        for (var i = half + 1; i < notes.Length; i++)
        {
            run = run << 8 | (byte)(notes[i] - notes[i - 1]);
            if (i - half < Steps) continue;
            runs++;
            if (known.BinarySearch(run) >= 0) returned++;
        }

        return (returned, runs);
    }
}
