using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Testing;

/// <summary>What somebody sounded, as notes and as text that reads like music.</summary>
public static class Score
{
    /// <summary>A note that sounded; one that never ended has <see cref="HostTime.Never"/> as its end.</summary>
    public readonly record struct Note(HostTime On, HostTime Off, int Pitch, int Velocity);

    /// <summary>The notes in <paramref name="messages"/>, in order of their starts.</summary>
    public static ImmutableArray<Note> NotesOf(IEnumerable<TimedMessage> messages)
    {
        var notes = new List<Note>();
        foreach (var m in messages)
        {
            if (m.Message.IsNoteOn) notes.Add(new Note(m.At, HostTime.Never, m.Message.Data1, m.Message.Data2));
            else if (m.Message.IsNoteOff && notes.FindLastIndex(n => n.Pitch == m.Message.Data1 && n.Off == HostTime.Never) is >= 0 and var i) notes[i] = notes[i] with { Off = m.At };
        }

        return [.. notes];
    }

    /// <summary>
    /// One voice on <paramref name="timeline"/>, bars between lines, notes as name and length in quarters, rests as dots: <c>| C4:1 .:.5 E4:.5 G4:2 |</c>. Lengths
    /// are rounded to hundredths; bars are counted from <paramref name="start"/>, which is usually where the answer begins.
    /// </summary>
    public static string Write(IEnumerable<Note> notes, Timeline timeline, Beats start)
    {
        var text = new StringBuilder("|");
        var (at, bar) = (start, timeline.Metre.Bar);
        foreach (var note in notes.OrderBy(n => n.On))
        {
            Rest(timeline.ToBeats(note.On));
            var off = timeline.ToBeats(note.Off);
            text.Append($" {new Pitch(note.Pitch)}:{Length(off - at)}");
            Move(off);
        }

        Rest(start + (at - start).Ceiling(bar));
        return text.ToString();

        void Rest(Beats until)
        {
            while (at < until)
            {
                var line = start + (at - start).Floor(bar) + bar;
                var end = Beats.Min(until, line);
                text.Append($" .:{Length(end - at)}");
                Move(end);
            }
        }

        void Move(Beats to)
        {
            var lines = ((to - start).Floor(bar) - (at - start).Floor(bar)).Ticks / bar.Ticks;
            for (; lines > 0; lines--) text.Append(" |");
            at = to;
        }
    }

    private static string Length(Beats beats)
    {
        var text = beats.Quarters.ToString("0.##", CultureInfo.InvariantCulture);
        return text.StartsWith("0.", StringComparison.Ordinal) ? text[1..] : text;
    }
}
