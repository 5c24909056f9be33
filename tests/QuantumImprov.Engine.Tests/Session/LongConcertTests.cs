using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class LongConcertTests
{
    // 200 random phrases over the shipped repertoire, with room for each answer.
    [Fact]
    public void Of_two_hundred_answers_every_one_sounds_whole_and_ends_on_the_degree_it_was_meant_to()
    {
        var (script, random) = (new ScriptedPerformance(132), new Xoshiro(200));
        for (var i = 0; i < 200; i++) Concert.PlayRandomPhrase(script, random, rest: 20);
        var session = Concert.Session(script, seed: 7, preset: new Preset { Chords = false }, learned: ShippedRepertoire.Learn());
        var concert = Concert.Play(session, script, () => 50_000_000);
        var notes = Score.NotesOf(concert.Partner);
        Assert.Equal(200, concert.Answers.Length);
        Assert.Equal(concert.Answers.Sum(a => a.Slots.Length), notes.Length);
        var at = 0;
        foreach (var answer in concert.Answers)
        {
            Assert.Equal(answer.Slots.Length, answer.Notes.Length);
            for (var i = 0; i < answer.Slots.Length; i++, at++)
            {
                var (slot, note) = (answer.Slots[i], notes[at]);
                Assert.Equal(answer.Timeline.ToHost(slot.Onset + slot.Duration), note.Off);
                // Only the first may come late: its beat had just passed.
                if (i > 0) Assert.Equal(answer.Timeline.ToHost(slot.Onset), note.On);
                Assert.Equal((answer.Notes[i].Pitch, slot.Velocity), (note.Pitch, note.Velocity));
            }

            Assert.Equal(answer.EndDegree, answer.Key.Degree(notes[at - 1].Pitch));
            Assert.True(notes[at - 1].Off < answer.Timeline.ToHost(answer.End));
        }

        Assert.Equal(0, session.Player.Late + session.Player.Refused);
        Assert.Equal(0, session.Pipeline.Answering.Shots.Unkept);
    }

    // Of the phrases' notes one in six is a chord of three.
    [Fact]
    public void Chords_sound_where_the_call_had_them_with_their_leading_note_and_no_voices_cross()
    {
        var (script, random) = (new ScriptedPerformance(132), new Xoshiro(201));
        for (var i = 0; i < 60; i++) Concert.PlayRandomPhrase(script, random, rest: 20);
        var concert = Concert.Play(Concert.Session(script, seed: 7), script, () => 50_000_000);
        var chords = 0;
        foreach (var answer in concert.Answers)
        {
            var together = answer.Notes.GroupBy(n => n.On).ToList();
            Assert.Equal(answer.Slots.Length, together.Count);
            foreach (var (slot, notes) in answer.Slots.Zip(together))
            {
                if (!slot.Chord) Assert.Single(notes);
                chords += notes.Count() > 1 ? 1 : 0;
                Assert.Single(notes.Select(n => n.Off).Distinct());
                // The leading note first, the others below it and each in its own place.
                Assert.All(notes.Skip(1), n => Assert.InRange(n.Pitch, new Preset().Low.Number, notes.First().Pitch - 1));
                Assert.Equal(notes.Skip(1).Select(n => n.Pitch).Order().Distinct(), notes.Skip(1).Select(n => n.Pitch));
            }
        }

        Assert.True(chords > 30, $"{chords}");
    }

    [Fact]
    public void No_answer_leaves_the_presets_range_or_leaps_further_than_it_allows_but_to_come_home()
    {
        var preset = new Preset { Low = new Pitch(57), High = new Pitch(76), Leap = 5, KeyLock = 1, Chords = false };
        var (script, random) = (new ScriptedPerformance(132), new Xoshiro(31));
        for (var i = 0; i < 100; i++) Concert.PlayRandomPhrase(script, random, rest: 20);
        var concert = Concert.Play(Concert.Session(script, seed: 3, preset: preset), script, () => 50_000_000);
        var (steps, wide) = (0, 0);
        foreach (var answer in concert.Answers)
        {
            Assert.All(answer.Notes, n => Assert.InRange(n.Pitch, 57, 76));
            Assert.All(answer.Notes, n => Assert.True(answer.Key.HoldsNaturally(n.Pitch) || (answer.Heard >> n.Pitch % 12 & 1) != 0));
            for (var i = 1; i < answer.Notes.Length - 1; i++)
            {
                Assert.InRange(Math.Abs(answer.Notes[i].Pitch - answer.Notes[i - 1].Pitch), 0, 5);
                steps++;
            }

            if (answer.Notes.Length > 1 && Math.Abs(answer.Notes[^1].Pitch - answer.Notes[^2].Pitch) > 5) wide++;
        }

        Assert.True(steps > 300);
        TestContext.Current.TestOutputHelper?.WriteLine($"{wide} of {concert.Answers.Length} answers leap more than a fourth to their last note");
    }
}
