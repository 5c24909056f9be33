using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

public class ConcertTests
{
    private const string TwoBars = "C4 D4 E4:0.5 F4:0.5 G4 E4 C4 D4:0.5 E4:0.5 C4";

    [Fact]
    public void A_phrase_is_answered_on_the_next_beat_in_whole_bars_and_ends_where_it_was_meant_to()
    {
        var (session, partner) = Play(new ScriptedPerformance().Play(TwoBars).Rest(16));
        var plan = session.Pipeline.Answering.Plan;
        var notes = Notes(partner);
        Assert.NotEmpty(notes);
        // The last key came up at beat 7.9, where two bars and a tonic leave no doubt: the answer begins on the bar line, as soon after it as a note can be handed over.
        Assert.Equal(Beats.Of(8), plan.Start);
        Assert.InRange(notes[0].On.Since(new Timeline().ToHost(Beats.Of(8))), 0, 50_000_000);
        Assert.Equal(2, plan.Bars);
        Assert.True(plan.EndDegree is 0 or 4 or 7);
        Assert.Equal(plan.EndDegree, plan.Key.Degree(notes[^1].Pitch));
        Assert.True(notes[^1].Off < new Timeline().ToHost(plan.End), "an answer ends in a rest");
        Assert.True(notes[^1].Off.Since(notes[^1].On) >= 500_000_000, "the last note is held");
    }

    [Fact]
    public void The_same_seed_gives_the_same_notes_and_another_seed_others()
    {
        var script = new ScriptedPerformance().Play(TwoBars).Rest(12).Play("G4 F4 E4 D4 C4:2").Rest(12);
        Assert.Equal(Play(script, seed: 5).Partner, Play(script, seed: 5).Partner);
        Assert.NotEqual(Play(script, seed: 5).Partner, Play(script, seed: 6).Partner);
    }

    [Fact]
    public void The_answer_stops_at_once_when_the_performer_plays_again()
    {
        var script = new ScriptedPerformance().Play(TwoBars).Rest(3);
        var interrupt = new Timeline().ToHost(script.Now);
        var (_, partner) = Play(script.Play("G4 A4 G4 F4 E4:2").Rest(12));
        Assert.Contains(Notes(partner), n => n.On < interrupt);
        Assert.DoesNotContain(Notes(partner), n => n.On < interrupt && n.Off > interrupt);
    }

    [Fact]
    public void A_phrase_still_open_when_the_session_ends_is_kept_as_far_as_it_got()
    {
        using var session = new ImprovSession(new SessionSetup(new Preset(), new LearnedMusic(), 1, Tempo.FromBpm(120), default, default));
        foreach (var (beat, pitch) in new[] { (0, 60), (1, 62), (2, 64) }) session.Hear(new TimedMessage(new Timeline().ToHost(Beats.Of(beat)), ShortMessage.NoteOn(0, pitch, 80)));
        session.Pipeline.Finish(new Timeline().ToHost(Beats.Of(2)).Plus(5_000_000));
        var kept = Assert.Single(session.Learned.ToContent().Phrases);
        Assert.Equal([60, 62, 64], kept.Notes.Select(n => n.Pitch.Number));
    }

    [Fact]
    public void Every_note_on_gets_its_note_off()
    {
        var (_, partner) = Play(new ScriptedPerformance(170).Play(TwoBars).Rest(2).Play(TwoBars).Rest(1).Play(TwoBars).Rest(7).Play("C4+E4+G4:2").Rest(20));
        Assert.Equal(partner.Count(m => m.Message.IsNoteOn), partner.Count(m => m.Message.IsNoteOff));
    }

    internal static (ImprovSession Session, ImmutableArray<TimedMessage> Partner) Play(ScriptedPerformance script, ulong seed = 1, Preset? preset = null, LearnedMusic? learned = null)
    {
        var performance = script.ToPerformance();
        var start = performance.Map.At(Beats.Zero);
        var session = new ImprovSession(new SessionSetup(preset ?? new Preset(), learned ?? new LearnedMusic(), seed, start.Tempo, start.Metre, default));
        return (session, VirtualConcert.Play(session, performance));
    }

    internal static List<(HostTime On, HostTime Off, int Pitch)> Notes(ImmutableArray<TimedMessage> messages)
    {
        var notes = new List<(HostTime On, HostTime Off, int Pitch)>();
        foreach (var m in messages)
        {
            if (m.Message.IsNoteOn) notes.Add((m.At, HostTime.Never, m.Message.Data1));
            else if (m.Message.IsNoteOff && notes.FindLastIndex(n => n.Pitch == m.Message.Data1 && n.Off == HostTime.Never) is >= 0 and var i) notes[i] = notes[i] with { Off = m.At };
        }

        return notes;
    }
}
