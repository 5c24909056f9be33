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
    public void Every_answer_begins_on_a_felt_beat_or_its_division_or_within_50_ms_of_the_phrase_end_which_no_gap_outlasts()
    {
        var (all, late) = (0, 0);
        foreach (var (numerator, denominator) in new[] { (4, 4), (3, 4), (6, 8), (5, 4), (7, 8) })
        {
            for (var bpm = 50; bpm <= 250; bpm += 40)
            {
                var script = new ScriptedPerformance(bpm, numerator, denominator);
                var random = new Xoshiro((ulong)bpm);
                for (var i = 0; i < 8; i++) Concert.PlayRandomPhrase(script, random, rest: 40);
                var performance = script.ToPerformance();
                var concert = Concert.Play(Concert.Session(script, preset: new Preset { MostBars = 2 }), script, () => 2 * Millisecond);
                // A phrase of random lengths is broken into now and then.
                Assert.InRange(concert.Answers.Length, 8, 9);
                var notes = Score.NotesOf(concert.Partner);
                foreach (var answer in concert.Answers)
                {
                    var timeline = answer.Timeline;
                    var lastUp = performance.Messages.Where(m => m.Message.IsNoteOff).Select(m => timeline.ToHost(m.At)).Last(t => t < answer.Seen);
                    // Never sooner than can be told from a short breath, never later than the gap, which is where patience stands in the middle.
                    Assert.InRange(answer.Seen.Since(lastUp), EndPrediction.Least, PhraseGapOf(timeline) + 2 * Millisecond);
                    Assert.Equal(Beats.Zero, answer.Start.Modulo(timeline.Metre.Beat));
                    // Where the performer plays on first, the phrase had only drawn breath.
                    var nextDown = performance.Messages.Where(m => m.Message.IsNoteOn).Select(m => timeline.ToHost(m.At)).FirstOrDefault(t => t > lastUp, HostTime.Never);
                    if (nextDown <= timeline.ToHost(answer.Start)) continue;
                    var first = notes.First(n => n.On > lastUp).On;
                    Assert.True(first >= answer.Seen.Plus(PlanAhead.SoonestStart - 2 * Millisecond));
                    var onTime = first == timeline.ToHost(answer.Start) || first == timeline.ToHost(answer.Start - timeline.Metre.Division);
                    Assert.True(onTime || first.Since(answer.Seen) <= 50 * Millisecond, $"{first.Since(answer.Seen) / Millisecond} ms after the end at {bpm}");
                    // The start is the next beat, or a stronger one that leaves no more than a quarter of silence.
                    var next = timeline.NextBeat(timeline.ToBeats(answer.Seen.Plus(-Entrance.BeatGrace - 2 * Millisecond)));
                    Assert.True(answer.Start >= next && answer.Start <= Beats.Max(next + timeline.Metre.Beat, timeline.ToBeats(lastUp) + Entrance.LongestSilence));
                    all++;
                    late += onTime ? 1 : 0;
                }
            }
        }

        Assert.InRange(all, 5 * 6 * 8 - 12, 1.05 * 5 * 6 * 8);
        Assert.InRange(late, 1, all);
    }

    [Fact]
    public void A_key_that_goes_down_during_an_answer_silences_it_at_that_instant()
    {
        for (var eighths = 1; eighths < 16; eighths++)
        {
            var script = new ScriptedPerformance().Play("C4 D4 E4:.5 F4:.5 G4 E4 C4 D4 C4").Rest(.77 + eighths * .5);
            var interrupt = new Timeline().ToHost(script.Now);
            script.Play("G4:2").Rest(.3);
            var deadline = new Timeline().ToHost(script.Now);
            var notes = Score.NotesOf(Concert.Play(Concert.Session(script), script.Rest(12)).Partner);
            Assert.DoesNotContain(notes, n => n.On < interrupt && n.Off > interrupt);
            Assert.DoesNotContain(notes, n => n.On >= interrupt && n.On < deadline);
        }
    }

    [Fact]
    public void A_key_after_the_phrase_end_but_before_the_answer_has_sounded_goes_on_with_the_phrase()
    {
        var script = new ScriptedPerformance(240).Play("C4 D4 E4 C4", legato: .5).Rest(.4).Play("G4 E4 D4 C4").Rest(12);
        var session = Concert.Session(script);
        var concert = Concert.Play(session, script);
        Assert.Equal(2, concert.Answers.Length);
        Assert.All(Score.NotesOf(concert.Partner), n => Assert.True(n.On > concert.Answers[1].Seen.Plus(-10 * Millisecond)));
        Assert.Equal(1, session.Pipeline.Phrases);
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

    private static long PhraseGapOf(in Timeline timeline) => PhraseGap.Default.Nanoseconds(timeline, known: true);
}
