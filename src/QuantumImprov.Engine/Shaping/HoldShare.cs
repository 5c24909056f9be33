using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>How much of the way to the next note notes are held, on average: small when they are played short, 1 when bound. Allocates nothing. [engine]</summary>
internal struct HoldShare
{
    // A phrase of rests is no reason to shorten what is borrowed from it beyond hearing.
    private const double Least = .1;

    private Beats _onset, _duration;
    private double _sum;
    private int _notes, _ways;

    /// <summary>That of a call; 1 for less than two notes.</summary>
    internal static double Of(Call call)
    {
        var share = new HoldShare();
        foreach (var note in call.Notes) share.Add(note.Onset, note.Duration);
        return share.Mean;
    }

    /// <summary>.1 to 1; 1 before there are two notes.</summary>
    internal readonly double Mean => _ways == 0 ? 1 : Math.Max(Least, _sum / _ways);

    /// <summary>The next note, not before the last.</summary>
    internal void Add(Beats onset, Beats duration)
    {
        var way = onset - _onset;
        if (_notes++ > 0 && way > Beats.Zero)
        {
            _sum += Math.Min(1, _duration.Ticks / (double)way.Ticks);
            _ways++;
        }

        (_onset, _duration) = (onset, duration);
    }
}
