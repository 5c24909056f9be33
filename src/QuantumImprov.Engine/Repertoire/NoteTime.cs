using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Repertoire;

/// <summary>When a note sounds, counted in <see cref="Unit"/>s, and the metre it stands in.</summary>
/// <param name="Onset">From the start of the piece.</param>
/// <param name="Duration">How long it is held, 0 or more.</param>
/// <param name="Place">From the last bar line, 0 or more.</param>
/// <param name="Bar">The length of the bar, more than 0.</param>
/// <param name="Beat">The length of the felt beat, more than 0.</param>
public readonly record struct NoteTime(int Onset, int Duration, int Place, int Bar, int Beat)
{
    /// <summary>The grid of rhythm: a 24th of a quarter note, which holds 32nds and triplets of 16ths.</summary>
    public static Beats Unit { get; } = new(Beats.PerQuarter / 24);

    /// <summary>The time of a note that starts at <paramref name="onset"/>, rounded to the grid, in a metre whose bars are counted from <paramref name="origin"/>.</summary>
    public static NoteTime Of(Beats onset, Beats duration, Beats origin, Metre metre)
    {
        var (at, bar) = (Units(onset), Math.Max(1, Units(metre.Bar)));
        var place = (at - Units(origin)) % bar;
        return new NoteTime(at, Units(duration), place < 0 ? place + bar : place, bar, Math.Max(1, Units(metre.Beat)));
    }

    /// <summary>
    /// The time of a note that was played by hand: as <see cref="Of"/>, its duration moved to the nearest sixteenth or triplet, at least a 32nd, so that no two keystrokes are told apart that a
    /// listener would not tell apart.
    /// </summary>
    public static NoteTime Played(Beats onset, Beats duration, Beats origin, Metre metre)
    {
        var time = Of(onset, duration, origin, metre);
        var (sixteenths, triplets) = ((time.Duration + 3) / 6 * 6, (time.Duration + 4) / 8 * 8);
        var nearest = Math.Abs(sixteenths - time.Duration) <= Math.Abs(triplets - time.Duration) ? sixteenths : triplets;
        return time with { Duration = Math.Max(3, nearest) };
    }

    private static int Units(Beats length) => (int)Math.Min(int.MaxValue / 4, length.Round(Unit).Ticks / Unit.Ticks);
}
