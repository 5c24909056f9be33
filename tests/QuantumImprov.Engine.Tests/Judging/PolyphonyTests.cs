using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Judging;

/// <summary>Music in which notes begin together is answered with notes that begin together, as many as were asked for.</summary>
public class PolyphonyTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(17)]
    [InlineData(40)]
    [InlineData(41)]
    public void A_piece_in_chords_is_answered_in_chords_with_exactly_as_many_notes(int count)
    {
        // Triads, four to a bar, in C.
        (int, int, int)[] triads = [(60, 64, 67), (65, 69, 72), (67, 71, 74), (60, 64, 67), (62, 65, 69), (67, 71, 74), (64, 67, 72), (60, 64, 67)];
        List<CallNote> notes = [];
        for (var i = 0; notes.Count < 2 * count; i++)
        {
            var (low, middle, high) = triads[i % triads.Length];
            foreach (var pitch in (int[])[low, middle, high]) notes.Add(new CallNote(Beats.Of(i), Beats.Of(1), (byte)pitch, 80));
        }

        var melody = new JudgedMelody("triads", [.. notes.Take(2 * count)], TempoMap.Default);
        var answer = new FoldPartner([melody], new Preset()).Answer(melody, 3);
        Assert.Equal(melody.Notes.Length - melody.Half, answer.Notes.Length);
        if (count < 10) return;
        var together = answer.Notes.GroupBy(n => n.Onset).Select(g => g.Count()).ToList();
        Assert.InRange(together.Average(), 2, 4);
        Assert.Equal(answer.Notes, answer.Notes.OrderBy(n => n.Onset).ThenBy(n => n.Duration).ThenBy(n => n.Pitch));
    }

    [Fact]
    public void Chords_fall_out_or_lose_inner_notes_or_get_octaves_until_there_are_as_many_notes_as_asked_for()
    {
        Assert.Equal(["48 55 67", "52 60 72"], Written(6));
        Assert.Equal(["48 67", "52 60 72"], Written(5));
        Assert.Equal(["67", "52 60 72"], Written(4));
        Assert.Equal(["67", "52 72"], Written(3));
        Assert.Equal(["48 55 67", "52 55 60 72"], Written(7));
        Assert.Equal(["67", "72"], Written(2));
        Assert.Equal(["67"], Written(1));

        static string[] Written(int count)
        {
            var chords = new FullChords(lowest: 40);
            Add(chords, 0, 67, 48, 55);
            Add(chords, 1, 72, count == 7 ? [52, 55, 60] : [52, 60]);
            List<AheadNote> notes = [];
            chords.WriteTo(notes, count);
            Assert.Equal(count, notes.Count);
            return [.. notes.GroupBy(n => n.On).Select(g => string.Join(' ', g.Select(n => n.Pitch)))];
        }
    }

    [Fact]
    public void Where_too_few_notes_sound_together_octaves_are_put_below()
    {
        var chords = new FullChords(lowest: 40);
        Add(chords, 0, 67);
        Add(chords, 1, 72, 64);
        List<AheadNote> notes = [];
        chords.WriteTo(notes, 6);
        Assert.Equal([55, 67, 48, 60, 64, 72], notes.Select(n => (int)n.Pitch));
    }

    private static void Add(FullChords chords, int at, byte lead, params ReadOnlySpan<byte> others) =>
        chords.Add(new AheadNote(Beats.Of(at), Beats.Of(at + 1), lead, 80, 1), others, Beats.Of(at + 1));

    [Fact]
    public void Chords_speak_for_a_key_too()
    {
        // One line, once over the first and fifth degree (with its seventh) of C major, once over those of A minor.
        int[] line = [72, 71, 72, 74, 76, 74, 72, 71, 72, 74, 71, 72];
        var flow = ShippedRepertoire.Learn().Flow;
        Assert.Equal("C major", Judge([48, 52, 55, 60], [53, 55, 59]));
        Assert.Equal("A minor", Judge([57, 60, 64], [52, 56, 59]));

        string Judge(int[] home, int[] away)
        {
            var call = new Call();
            call.Take([.. line.Select((top, i) => new CallNote(Beats.Of(i), Beats.Of(1), (byte)top, 80) { Beside = Keys(top % 12 is 2 or 11 ? away : home) })]);
            return KeyJudging.Judge(call, new KeyFinding(), flow, Beats.Zero, default).ToString();
        }

        static UInt128 Keys(int[] chord) => chord.Aggregate((UInt128)0, (keys, p) => keys | UInt128.One << p);
    }
}
