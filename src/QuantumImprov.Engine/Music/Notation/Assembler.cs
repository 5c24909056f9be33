using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music.Notation;

/// <summary>Plays the written bars from beginning to end, repeats twice, and collects the notes.</summary>
internal static class Assembler
{
    public static (ImmutableArray<TuneNote> Notes, Beats Length) Assemble(List<WrittenBar> bars, FaultList faults)
    {
        var notes = new List<(TuneNote Note, Token Token)>();
        var tied = new List<List<int>>();
        var at = Beats.Zero;
        foreach (var bar in InOrderOfPlay(bars))
        {
            for (var v = 0; v < bar.Voices.Count; v++)
            {
                if (tied.Count == v) tied.Add([]);
                var time = at;
                foreach (var each in bar.Voices[v])
                {
                    var length = new Beats(each.Ticks);
                    if (each.Continues) Lengthen(notes, tied[v], length);
                    else
                    {
                        tied[v].Clear();
                        foreach (var (pitch, velocity) in each.Notes)
                        {
                            tied[v].Add(notes.Count);
                            notes.Add((new TuneNote(time, length, pitch, velocity), each.Token));
                        }
                    }

                    time += length;
                }
            }

            at += new Beats(bar.Voices[0].Sum(e => e.Ticks));
        }

        FindCollisions(notes, faults);
        return ([.. notes.Select(n => n.Note).OrderBy(n => n.Onset).ThenBy(n => n.Pitch)], at);
    }

    private static IEnumerable<WrittenBar> InOrderOfPlay(List<WrittenBar> bars)
    {
        var start = 0;
        for (var b = 0; b < bars.Count; b++)
        {
            if (bars[b].StartsRepeat) start = b;
            yield return bars[b];
            if (!bars[b].EndsRepeat) continue;
            for (var again = start; again <= b; again++) yield return bars[again];
        }
    }

    private static void Lengthen(List<(TuneNote Note, Token Token)> notes, List<int> which, Beats length)
    {
        foreach (var index in which) notes[index] = (notes[index].Note with { Duration = notes[index].Note.Duration + length }, notes[index].Token);
    }

    private static void FindCollisions(List<(TuneNote Note, Token Token)> notes, FaultList faults)
    {
        foreach (var samePitch in notes.GroupBy(n => n.Note.Pitch))
        {
            var end = Beats.Zero;
            foreach (var (note, token) in samePitch.OrderBy(n => n.Note.Onset))
            {
                if (note.Onset < end) faults.Add(token.Line, token.Column, $"{note.Pitch} while it still sounds in another voice", "a pitch in one voice at a time");
                end = Beats.Max(end, note.End);
            }
        }
    }
}
