using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Session;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class MetreAndTempoTests
{
    [Theory]
    [InlineData(3, 4, "C4 E4 G4 A4:2 G4 E4 D4 C4", 3)]
    [InlineData(6, 8, "C4:.5 D4:.5 E4:.5 G4:1.5 A4:.5 G4:.5 E4:.5 C4:1.5", 2)]
    [InlineData(5, 4, "C4 D4 E4 F4 G4 A4 G4 F4 E4 C4", 2)]
    [InlineData(7, 8, "C4:.5 D4:.5 E4:.5 F4:.5 G4:.5 E4 C4:.5 D4:.5 E4:.5 G4:.5 E4:.5 C4", 2)]
    public void An_answer_in_any_metre_is_whole_bars_of_it_and_ends_on_a_felt_beat(int numerator, int denominator, string call, int bars)
    {
        var script = new ScriptedPerformance(120, numerator, denominator).Play(call).Rest(16);
        var concert = Concert.Play(Concert.Session(script, learned: ShippedRepertoire.Learn()), script);
        var (answer, metre) = (Assert.Single(concert.Answers), Metre.Of(numerator, denominator));
        Assert.Equal(bars, answer.Bars);
        Assert.Equal(metre.Bar * bars, answer.End - answer.Start);
        Assert.Equal(Beats.Zero, answer.Start.Modulo(metre.Beat));
        Assert.Equal(Beats.Zero, (answer.Slots[^1].Onset - answer.Start).Modulo(metre.Beat));
        var last = Score.NotesOf(concert.Partner)[^1];
        Assert.Equal(answer.EndDegree, answer.Key.Degree(last.Pitch));
        Assert.True(last.Off < answer.Timeline.ToHost(answer.End));
    }

    [Fact]
    public void A_metre_that_changes_in_the_file_is_the_metre_of_the_next_answer()
    {
        var script = new ScriptedPerformance().Play("C4 D4 E4 F4 G4 E4 D4 C4").Rest(16).In(3, 4).Play("C4 E4 G4 A4 G4 E4 D4 E4 D4").Rest(15);
        var concert = Concert.Play(Concert.Session(script), script);
        Assert.Equal([Beats.Of(8), Beats.Of(9)], concert.Answers.Select(a => a.End - a.Start));
    }

    [Fact]
    public void A_tempo_that_changes_under_an_answer_moves_the_notes_still_to_come()
    {
        // Phrase end at beat 4.9, answer from beat 5 on, one bar; at beat 6 half as fast.
        var script = new ScriptedPerformance().Play("C4 D4 E4 C4").Rest(2).At(60).Rest(14);
        var concert = Concert.Play(Concert.Session(script), script, () => 5_000_000);
        var (answer, map) = (Assert.Single(concert.Answers), script.ToPerformance().Map);
        var notes = Score.NotesOf(concert.Partner);
        Assert.Equal(Beats.Of(5), answer.Start);
        // The beat at 6.0 was handed over before the change, the ones behind it wait in the plan and are moved with it.
        Assert.Equal(answer.Slots.Skip(1).Select(s => map.ToHost(s.Onset)), notes.Skip(1).Select(n => n.On));
        Assert.InRange(notes[0].On.Since(map.ToHost(answer.Start - Beats.Of(1, 2))), 0, 50_000_000);
        Assert.Contains(notes, n => n.On > map.ToHost(Beats.Of(6)));
    }

    [Fact]
    public void Without_a_stated_tempo_the_beat_is_found_in_the_phrase_and_answered_on()
    {
        foreach (var bpm in new[] { 84, 100, 118, 132 })
        {
            var script = new ScriptedPerformance(bpm).Play("C4 D4 E4:.5 F4:.5 G4 E4 C4 D4:.5 E4:.5 C4").Rest(16);
            var session = Concert.Session(script, tempoKnown: false);
            var concert = Concert.Play(session, script, () => 5_000_000);
            var answer = Assert.Single(concert.Answers);
            Assert.Equal(bpm, answer.Timeline.Tempo.BeatsPerMinute, bpm * .01);
            Assert.False(session.Pipeline.TempoKnown);
            // At most .875 s after the last key came up, then the next beat of the tempo found, or the half of it before, counted from the first note.
            var (lastUp, first) = (TimeOf(bpm, 7.9), Score.NotesOf(concert.Partner)[0].On);
            Assert.InRange(first.SecondsSince(default), lastUp + .04, lastUp + .875 + 60.0 / bpm + .05);
            Assert.Equal(0, Math.IEEERemainder(first.SecondsSince(default) * answer.Timeline.Tempo.BeatsPerMinute / 60, .5), .09);
        }
    }

    [Fact]
    public void One_key_without_a_stated_tempo_is_answered_at_once_at_the_tempo_in_force()
    {
        var script = new ScriptedPerformance().Play("C4").Rest(16);
        var concert = Concert.Play(Concert.Session(script, tempoKnown: false), script, () => 1_000_000);
        Assert.Equal(default, Assert.Single(concert.Answers).Timeline.Tempo);
        Assert.InRange(Score.NotesOf(concert.Partner)[0].On.SecondsSince(default), .45 + .875, .45 + .875 + .05);
    }

    private static double TimeOf(double bpm, double quarters) => quarters * 60 / bpm;
}
