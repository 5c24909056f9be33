using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>
/// Keeps the session's timeline with a MIDI clock's. Beats of the session never go back: a start or a song position moves its bar lines, a drifting clock its tempo and, a little at a time, its beats.
/// Allocates nothing. [engine]
/// </summary>
internal sealed class SharedTime
{
    // What is corrected: half a millisecond, or a fiftieth of a percent; more than half a beat is a jump.
    private const double Phase = .0005, Rate = .0002, Jump = .5;

    private readonly ClockFollower _clock = new();
    private Beats _corrected;
    private bool _shared, _isOff;

    /// <summary>Whether a clock is to be followed when one is heard. One that is followed again is followed as if it had come just now.</summary>
    internal bool IsOn
    {
        get => !_isOff;
        set => (_isOff, _shared) = (!value, _shared && value);
    }

    /// <summary>The clock's ticks; they are heard also while it is not followed.</summary>
    internal ClockFollower Clock => _clock;

    /// <summary>Whether a clock is followed.</summary>
    internal bool IsShared(HostTime now) => _shared && _clock.IsFollowing(now);

    /// <summary>Whether <paramref name="message"/> is the clock's.</summary>
    internal bool Hear(in TimedMessage message) => _clock.Hear(message);

    /// <summary>Whether <paramref name="message"/> stops the clock's sequencer.</summary>
    internal static bool Stops(in TimedMessage message) => message.Message.Status == 0xFC;

    /// <summary>How <paramref name="present"/> is to go on from <paramref name="now"/> to keep with the clock; false when it does already, or nothing is known yet.</summary>
    internal bool TryCorrect(in Timeline present, HostTime now, out Timeline corrected)
    {
        corrected = present;
        if (_isOff || !_clock.IsFollowing(now)) return false;
        var song = _clock.TimelineAt(now, present.Metre);
        var beats = present.ToBeats(now);
        var apart = (song.BeatOrigin - (beats - present.BarOrigin)).Quarters;
        if (!_shared || Math.Abs(apart) > Jump)
        {
            // The bar lines are the song's from here on.
            corrected = new Timeline(song.Tempo, present.Metre, beats, now, beats - song.BeatOrigin);
        }
        else
        {
            var late = Math.Abs(apart) * song.Tempo.NanosecondsPerQuarter * 1e-9;
            var rate = Math.Abs((double)song.Tempo.NanosecondsPerQuarter / present.Tempo.NanosecondsPerQuarter - 1);
            if ((late < Phase && rate < Rate) || beats - _corrected < Beats.Quarter) return false;
            corrected = new Timeline(song.Tempo, present.Metre, beats + Beats.FromQuarters(apart), now, present.BarOrigin);
        }

        (_shared, _corrected) = (true, corrected.BeatOrigin);
        return true;
    }
}
