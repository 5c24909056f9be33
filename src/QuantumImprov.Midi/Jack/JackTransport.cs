using QuantumImprov.Engine.Listening;

namespace QuantumImprov.Midi.Jack;

/// <summary>Reads JACK's transport as a song.</summary>
internal static class JackTransport
{
    private const int Stopped = 0, Rolling = 1, Looping = 2;

    /// <summary>Whether the transport of that <paramref name="state"/> rolls; null while it is about to.</summary>
    public static bool? Rolls(int state) => state is Rolling or Looping ? true : state == Stopped ? false : null;

    /// <summary>What <paramref name="position"/> and <paramref name="state"/> say; <see cref="SongPlace.None"/> when nobody counts bars there, or so that no music could have it.</summary>
    public static SongPlace Read(int state, in JackPosition position)
    {
        if ((position.Valid & JackPosition.HasBars) == 0 || position.FrameRate == 0) return SongPlace.None;
        var (units, unit) = ((int)Math.Round(position.BeatsPerBar), (int)Math.Round(position.BeatType));
        if (!Engine.Music.Metre.IsAllowed(units, unit) || !(position.TicksPerBeat > 0) || !(position.BeatsPerMinute > 0) || position.Bar < 1 || position.Beat < 1) return SongPlace.None;
        // JACK's beat is the unit of the signature; a bar of it is all the absolute place that bar numbers give.
        var quarters = 4.0 / unit;
        var bar = (position.Bar - 1) * units * quarters;
        var offset = (position.Valid & JackPosition.HasBarsOffset) != 0 ? position.BarsOffset : 0;
        var within = (position.Beat - 1 + position.Tick / position.TicksPerBeat) * quarters + offset / (double)position.FrameRate * position.BeatsPerMinute / 60 * quarters;
        return new SongPlace(position.BeatsPerMinute * quarters, position.Frame / (double)position.FrameRate, bar + within, bar, units, unit, Rolls(state));
    }
}
