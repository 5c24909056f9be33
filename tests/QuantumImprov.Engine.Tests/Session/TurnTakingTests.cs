using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class TurnTakingTests
{
    private const long Millisecond = 1_000_000;

    // Six tempos, five metres, eight phrases each; the last key comes up anywhere in the beat.
    [Fact]
    public void Every_answer_begins_on_a_felt_beat_or_at_most_a_division_early_and_never_later_than_the_longest_silence_and_a_beat_after_it()
    {
        var (onTime, late, early) = (0, 0, 0);
        foreach (var (numerator, denominator) in new[] { (4, 4), (3, 4), (6, 8), (5, 4), (7, 8) })
        {
            for (var bpm = 50; bpm <= 250; bpm += 40)
            {
                var script = new ScriptedPerformance(bpm, numerator, denominator);
                var random = new Xoshiro((ulong)bpm);
                for (var i = 0; i < 8; i++) Concert.PlayRandomPhrase(script, random, rest: 40);
                var performance = script.ToPerformance();
                var concert = Concert.Play(Concert.Session(script, preset: new Preset { MostBars = 2 }), script, () => 2 * Millisecond);
                var notes = Score.NotesOf(concert.Partner);
                var answered = 0;
                foreach (var answer in concert.Answers)
                {
                    var (timeline, division) = (answer.Timeline, answer.Timeline.Metre.Division);
                    var messages = performance.Messages.Select(m => (At: timeline.ToHost(m.At), m.Message)).ToList();
                    var lastUp = messages.Where(m => m.Message.IsNoteOff).Last(m => m.At <= answer.Seen).At;
                    var sure = HostTime.Max(lastUp.Plus(PlanAhead.SoonestStart), answer.Seen.Plus(PlanAhead.SoonestStart));
                    Assert.InRange(sure.Since(lastUp), PlanAhead.SoonestStart, (long)(2.2 * PhraseGap.Default.Nanoseconds(timeline, known: true)) + 2 * Millisecond);
                    Assert.Equal(Beats.Zero, answer.Start.Modulo(timeline.Metre.Beat));
                    Assert.True(answer.Start <= Beats.Max(timeline.NextBeat(timeline.ToBeats(answer.Seen)), timeline.NextBeat(timeline.ToBeats(lastUp) + new Beats(1))) || answer.Start <= timeline.ToBeats(lastUp) + Entrance.LongestSilence);
                    var entry = answer.Notes[0].On;
                    if (entry != answer.Start)
                    {
                        Assert.True(answer.Start > timeline.ToBeats(lastUp) + Entrance.LongestSilence);
                        Assert.True(entry == answer.Start - division || entry == answer.Start - new Beats(division.Ticks / 2));
                    }


                    // An end that the performer played on over was only a breath: nothing of its answer sounds.
                    var first = HostTime.Max(timeline.ToHost(entry), sure);
                    if (messages.Any(m => m.Message.IsNoteOn && m.At > lastUp && m.At < first)) continue;
                    answered++;
                    var sounds = notes.First(n => n.On > lastUp).On;
                    Assert.InRange(sounds.Since(timeline.ToHost(entry)), 0, Entrance.BeatGrace + PlanAhead.SoonestStart);
                    Assert.InRange(sounds.Since(first), -2 * Millisecond, 0);
                    if (entry != answer.Start) early++;
                    else if (sounds == timeline.ToHost(entry)) onTime++;
                    else late++;
                }

                Assert.True(answered >= 8, $"{answered} phrases were answered.");
            }
        }

        Assert.True(onTime > 20 && late > 20 && early > 20, $"{onTime} on the beat, {late} just behind it, {early} early");
    }

    // Four bars and four of rest, five times; each key held until the next. Nothing of the sort was heard before the first, which is answered after the bar line's beat; the others are on the bar line itself, as soon as the key is up.
    [Fact]
    public void Who_keeps_to_a_length_is_answered_on_the_bar_line()
    {
        var script = new ScriptedPerformance();
        for (var i = 0; i < 5; i++) script.Play("C4 E4 G4 E4 F4 D4 E4 C4 C4 E4 G4 E4 D4 B3 C4:2", legato: 1).Rest(16);
        var concert = Concert.Play(Concert.Session(script, preset: new Preset { MostBars = 2 }), script, () => 2 * Millisecond);
        var ends = Enumerable.Range(0, 5).Select(i => Beats.FromQuarters(16 + 32 * i)).ToList();
        var starts = concert.Answers.Select(a => a.Start).Distinct().ToList();
        Assert.Equal(5, starts.Count);
        Assert.Equal([ends[0] + Beats.Quarter, .. ends[1..]], starts);
    }

    [Fact]
    public void A_key_that_goes_down_during_an_answer_silences_it_at_that_instant()
    {
        for (var eighths = 1; eighths < 16; eighths++)
        {
            var script = new ScriptedPerformance().Play("C4 D4 E4:.5 F4:.5 G4 E4 C4 D4 C4").Rest(.77 + eighths * .5);
            var interrupt = new Timeline().ToHost(script.Now);
            script.Play("G4:2");
            var deadline = interrupt.PlusSeconds(.9);
            var notes = Score.NotesOf(Concert.Play(Concert.Session(script), script.Rest(12)).Partner);
            Assert.DoesNotContain(notes, n => n.On < interrupt && n.Off > interrupt);
            Assert.DoesNotContain(notes, n => n.On >= interrupt && n.On < deadline);
        }
    }

    [Fact]
    public void A_key_after_the_phrase_end_but_before_the_answer_has_sounded_goes_on_with_the_phrase()
    {
        // A long tonic at the end of four bars is taken for the end half a beat after its release, before the next beat it is not.
        var script = new ScriptedPerformance().Play("C4 D4 E4 F4 G4 F4 E4 D4 E4 F4 G4 E4 D4 E4 C4:2", legato: 1).Rest(.75).Play("G4 E4 D4 C4").Rest(12);
        var session = Concert.Session(script);
        var concert = Concert.Play(session, script);
        Assert.Single(concert.Answers, a => a.Seen.SecondsSince(default) is >= 8.25 and < 8.375);
        Assert.All(Score.NotesOf(concert.Partner), n => Assert.True(n.On > concert.Answers[^1].Seen.Plus(-10 * Millisecond)));
        Assert.Equal(1, session.Pipeline.Phrases);
    }

    [Fact]
    public void A_more_patient_partner_lets_more_silence_pass()
    {
        var delays = new List<double>();
        foreach (var patience in new[] { 0, .5, 1 })
        {
            var script = new ScriptedPerformance(100).Play("C4 D4 E4 G4 A4 G4", legato: .7).Rest(12);
            var concert = Concert.Play(Concert.Session(script, preset: new Preset { Patience = patience }), script, () => Millisecond);
            delays.Add(concert.Answers[^1].Seen.SecondsSince(default));
        }

        Assert.True(delays[0] < delays[1] && delays[1] < delays[2], string.Join(", ", delays));
    }

    [Fact]
    public void A_single_key_is_answered_with_at_least_one_bar()
    {
        var script = new ScriptedPerformance().Play("C4").Rest(12);
        var concert = Concert.Play(Concert.Session(script), script);
        Assert.Equal(1, Assert.Single(concert.Answers).Bars);
        Assert.NotEmpty(Score.NotesOf(concert.Partner));
    }

    [Fact]
    public void A_held_key_is_never_answered_over()
    {
        var script = new ScriptedPerformance().Play("C3:64 E4", legato: 1).Rest(20);
        var concert = Concert.Play(Concert.Session(script), script);
        Assert.All(Score.NotesOf(concert.Partner), n => Assert.True(n.On >= new Timeline().ToHost(Beats.Of(65))));
        Assert.Single(concert.Answers);
    }

    [Fact]
    public void A_held_pedal_neither_delays_nor_prevents_the_answer()
    {
        var plain = new ScriptedPerformance().Play("C4 D4 E4 C4").Rest(12);
        var pedalled = new ScriptedPerformance().Send(ShortMessage.Control(0, 64, 127)).Play("C4 D4 E4 C4").Rest(12);
        Assert.Equal(Concert.Play(Concert.Session(plain), plain).Partner, Concert.Play(Concert.Session(pedalled), pedalled).Partner);
    }

    [Fact]
    public void A_chord_is_learned_as_its_top_note_or_its_bottom_note_where_the_preset_says_so()
    {
        foreach (var (voice, heard) in new[] { (MelodyVoice.Top, "G4 A4 G4"), (MelodyVoice.Bottom, "C3 F3 C3") })
        {
            var learned = new LearnedMusic();
            var script = new ScriptedPerformance().Play("C3+E4+G4 F3+C4+A4 C3+E4+G4:2").Rest(12);
            Concert.Play(Concert.Session(script, learned: learned, preset: new Preset { Melody = voice }), script);
            Assert.Equal(heard, string.Join(' ', Assert.Single(learned.ToContent().Phrases).Notes.Select(n => n.Pitch)));
            Assert.Equal(3, learned.NotesHeard);
        }
    }

    [Fact]
    public void Drums_on_channel_10_are_neither_learned_nor_answered_and_do_not_stop_an_answer()
    {
        var drums = new ScriptedPerformance().Play("C2 D2 C2 D2", channel: 9).Rest(12);
        var session = Concert.Session(drums);
        Assert.Empty(Concert.Play(session, drums).Partner);
        Assert.Equal(0, session.Learned.NotesHeard);

        var plain = new ScriptedPerformance().Play("C4 D4 E4 C4").Rest(12);
        var accompanied = new ScriptedPerformance().Play("C4 D4 E4 C4").Play("C2 D2 C2 D2 C2 D2 C2 D2 C2 D2 C2 D2", channel: 9);
        Assert.Equal(Concert.Play(Concert.Session(plain), plain).Partner, Concert.Play(Concert.Session(accompanied), accompanied).Partner);
    }

    [Fact]
    public void Garbage_between_the_notes_changes_no_note()
    {
        var plain = new ScriptedPerformance().Play("C4 D4 E4 C4").Rest(12);
        var dirty = new ScriptedPerformance();
        var random = new Xoshiro(17);
        foreach (var word in "C4 D4 E4 C4".Split(' '))
        {
            for (var i = 0; i < 200; i++)
            {
                var kind = new[] { 0xA0, 0xC0, 0xD0, 0xE0, 0xF0, 0x00, 0x70 }[random.NextInt(7)];
                dirty.Send(new ShortMessage((byte)(kind | random.NextInt(15)), (byte)random.NextInt(256), (byte)random.NextInt(256)));
            }

            dirty.Send(ShortMessage.NoteOff(0, 99)).Play(word);
        }

        Assert.Equal(Concert.Play(Concert.Session(plain), plain).Partner, Concert.Play(Concert.Session(dirty.Rest(12)), dirty).Partner);
    }
}
