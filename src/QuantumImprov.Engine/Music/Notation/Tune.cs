using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>
/// A tune with its heading. Immutable. The notation can write a tune when its notes are sorted by onset and then by pitch, no pitch begins while it still
/// sounds, every note ends within <see cref="Length"/>, the pick-up is shorter than a bar, and the length is the pick-up and whole bars after it, or that
/// less the pick-up (the traditional short last bar). Tunes compare by content.
/// </summary>
/// <param name="Title">Its name: one line, not blank.</param>
/// <param name="Source">Where it comes from: one line, possibly empty.</param>
/// <param name="Metre">Its metre, from beginning to end.</param>
/// <param name="Tempo">Its tempo, from beginning to end.</param>
/// <param name="Key">Its key.</param>
/// <param name="Notes">The notes, sorted by onset, then by pitch.</param>
/// <param name="Length">From the first instant to the end of the last bar.</param>
/// <param name="PickUp">The length of the incomplete bar before the first bar line; zero when there is none.</param>
public sealed record Tune(string Title, string Source, Metre Metre, Tempo Tempo, Key Key, ImmutableArray<TuneNote> Notes, Beats Length, Beats PickUp)
{
    /// <summary>
    /// The tune as one track of a performance. When there is a pick-up, the performance begins with the silence that completes its bar, so that bar lines
    /// fall on multiples of the bar.
    /// </summary>
    /// <param name="trackName">The track's name.</param>
    /// <param name="channel">The MIDI channel, 0 to 15.</param>
    public Performance ToPerformance(string trackName = "", int channel = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, 15);
        var leadIn = PickUp == Beats.Zero ? Beats.Zero : Metre.Bar - PickUp;
        var messages = new List<PartMessage>(Notes.Length * 2);
        foreach (var note in Notes)
        {
            messages.Add(new PartMessage(leadIn + note.Onset, 0, ShortMessage.NoteOn(channel, note.Pitch.Number, note.Velocity)));
            messages.Add(new PartMessage(leadIn + note.End, 0, ShortMessage.NoteOff(channel, note.Pitch.Number)));
        }

        return new Performance
        {
            Map = new TempoMap([new TempoChange(Beats.Zero, Tempo)], [new MetreChange(Beats.Zero, Metre)]),
            StatesTempo = true,
            StatesMetre = true,
            TrackNames = [trackName],
            // A key that is struck again at the instant it comes up must come up first.
            Messages = [.. messages.OrderBy(m => m.At).ThenBy(m => m.Message.IsNoteOn)],
            End = leadIn + Length,
        };
    }

    /// <summary>Whether both tunes say the same.</summary>
    public bool Equals(Tune? other) => other is not null && Title == other.Title && Source == other.Source && Metre == other.Metre && Tempo == other.Tempo
        && Key == other.Key && Length == other.Length && PickUp == other.PickUp && Notes.AsSpan().SequenceEqual(other.Notes.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Title, Metre, Key, Length, PickUp, Notes.Length);
}
