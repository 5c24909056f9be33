using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>A melody over the chords of a left hand is answered by a melody over those chords.</summary>
public class TwoHandsTests
{
    private static readonly int[] Tonic = [48, 52, 55], Dominant = [47, 50, 55];

    // Now and then a harmony comes under which the call had no chord, and one is led on.
    [Fact]
    public void The_chords_of_the_call_return_held_below_the_melody_and_an_answer_that_comes_home_ends_on_the_tonics()
    {
        int[] tonic = [0, 4, 7], dominant = [2, 7, 11];
        var (chords, known, holding, home, homely) = (0, 0, 0, 0, 0);
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var script = Song();
            var played = VirtualConcert.Play(Concert.Session(script, seed, new Preset()), script.ToPerformance());
            var struck = Score.NotesOf(played).GroupBy(n => n.On).OrderBy(g => g.Key).Select(g => g.OrderBy(n => n.Pitch).ToArray()).ToList();
            foreach (var together in struck.Where(g => g.Length > 1))
            {
                var classes = Hand(together);
                Assert.Equal(3, classes.Length);
                Assert.All(together[..^1], n => Assert.InRange(n.Pitch, new Preset().Low.Number, together[^1].Pitch - 1));
                chords++;
                known += classes.SequenceEqual(tonic) || classes.SequenceEqual(dominant) ? 1 : 0;
            }

            holding += struck.Any(g => g.Length > 1 && g[0].Off > g[^1].Off) ? 1 : 0;
            if (struck[^1][^1].Pitch % 12 != 0) continue;
            home++;
            homely += Hand(struck[^1]).SequenceEqual(tonic) ? 1 : 0;
        }

        Assert.True(chords > 40 && known > .9 * chords, $"{known} of {chords} chords are the call's.");
        Assert.True(holding > 15, $"{holding} of 20 answers hold a chord under a moving melody.");
        Assert.True(home > 8 && homely == home, $"{homely} of {home} tonics have their chord.");

        static int[] Hand(Score.Note[] together) => [.. together[..^1].Select(n => n.Pitch % 12).Order()];
    }

    // The whole-tone scale has no triad: chords are led on into it.
    [Fact]
    public void The_hand_keeps_to_a_scale_and_to_written_chords()
    {
        var wholeTones = new Preset { Root = "C", ScaleName = "whole tone", KeyLock = 1 };
        var chords = 0;
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var script = Song();
            foreach (var note in Score.NotesOf(VirtualConcert.Play(Concert.Session(script, seed, wholeTones), script.ToPerformance()))) Assert.Equal(0, note.Pitch % 2);
            var over = Score.NotesOf(VirtualConcert.Play(new ImprovSession(new SessionSetup(new Preset(), new LearnedMusic(), seed, Tempo.FromBpm(100), Metre.Of(4, 4), default) { Chart = ChordChartText.Read("| F | F |", out _) }), script.ToPerformance()));
            foreach (var together in over.GroupBy(n => n.On).Where(g => g.Count() > 1).Select(g => g.OrderBy(n => n.Pitch).ToArray()))
            {
                chords++;
                Assert.All(together[..^1], n => Assert.Contains(n.Pitch % 12, (int[])[5, 9, 0]));
            }
        }

        Assert.True(chords > 10, $"{chords} chords over F");
    }

    // Of what a motif leaves free the fifth root of a quarter should return, .758, whatever became of the motif; a call is learned nowhere here, so that no copy is forbidden. Without chords of its own the partner is free of the call's places.
    [Fact]
    public void What_returns_of_a_call_does_so_at_its_place_with_its_chord_where_the_partner_plays_chords()
    {
        foreach (var (form, share, chorded) in Returned(new Preset { Variation = 0 }))
        {
            Assert.True(share is > .66 and < .92, $"{share} after {form}");
            Assert.True(chorded > .85, $"{chorded} of the notes that returned with a chord have the call's, after {form}");
        }

        foreach (var (form, share, _) in Returned(new Preset { Variation = 0, Chords = false })) Assert.True(share < .45, $"{share} after {form}");
    }

    [Fact]
    public void However_often_an_answer_is_planned_until_its_chords_have_room_it_is_one_and_keeps_its_first_chord()
    {
        var (call, kept) = (Held(), 0);
        for (var seed = 0UL; seed < 50; seed++)
        {
            var (answering, notes) = (Answer(call, new Preset(), seed, 20 + (int)(seed % 12)), new List<AheadNote>());
            Assert.Equal(1u, answering.Answers);
            answering.Reply(call, 24, Beats.Of(16), default, default, notes);
            Assert.Equal(2u, answering.Answers);
            var first = notes.Where(n => n.On == notes[0].On).ToList();
            kept += !answering.Plan.Slots[0].Chord || first.Count > 1 ? 1 : 0;
        }

        Assert.True(kept > 35, $"{kept} of 50");
    }

    private static IEnumerable<(MotifForm, double Share, double Chorded)> Returned(Preset preset)
    {
        var call = Held();
        var seen = new List<(MotifForm Form, bool Said, bool? Chorded)>();
        for (var seed = 0UL; seed < 200; seed++)
        {
            var notes = new List<AheadNote>();
            var plan = Answer(call, preset, seed, preset.Chords ? 28 : 16, notes).Plan;
            var struck = notes.GroupBy(n => n.On).OrderBy(g => g.Key).Select(g => g.Select(n => (int)n.Pitch).Order().ToArray()).ToList();
            for (var i = plan.MotifPlace + plan.MotifNotes; i < plan.Count - 1 && i < struck.Count; i++)
            {
                if (plan.Slots[i].Source < 0) continue;
                var source = call.Notes[plan.Slots[i].Source];
                var said = struck[i][^1] == source.Pitch;
                seen.Add((plan.Motif, said, said && plan.Slots[i].Chord && struck[i].Length > 1 ? struck[i][..^1].Any(key => (source.Beside >> key & 1) != 0) : null));
            }
        }

        return seen.GroupBy(s => s.Form).Where(g => g.Count() > 100).Select(g => (g.Key, g.Average(s => s.Said ? 1.0 : 0), g.Where(s => s.Chorded is not null).Select(s => s.Chorded == true ? 1.0 : 0).DefaultIfEmpty(1).Average()));
    }

    private static Answering Answer(Call call, Preset preset, ulong seed, int count, List<AheadNote>? into = null)
    {
        var learned = new LearnedMusic();
        learned.PlayWith(preset);
        var answering = new Answering(learned, preset, seed);
        answering.Reply(call, count, Beats.Of(16), default, default, into ?? []);
        return answering;
    }

    // Four bars of four notes in C, a chord held under each.
    private static Call Held()
    {
        int[] melody = [72, 76, 79, 76, 77, 81, 79, 77, 74, 79, 83, 79, 72, 76, 74, 72];
        int[][] chords = [[36, 43, 52], [41, 45, 48], [43, 47, 50], [36, 43, 52]];
        var call = new Call();
        call.Take([.. melody.Select((pitch, i) => new CallNote(Beats.Of(i), Beats.Of(1), (byte)pitch, 80)
        {
            Beside = i % 4 == 0 ? chords[i / 4].Aggregate((UInt128)0, (keys, key) => keys | UInt128.One << key) : 0, BesideDuration = i % 4 == 0 ? Beats.Of(3) : Beats.Zero,
        })]);
        return call;
    }

    private static ScriptedPerformance Song()
    {
        var script = new ScriptedPerformance(100);
        Hold(script, Tonic, "C5 E5 G5 E5");
        Hold(script, Dominant, "D5 F5 E5:.5 D5:.5 B4");
        Hold(script, Tonic, "C5 E5 G5:.5 A5:.5 G5");
        Hold(script, Dominant, "F5 D5");
        Hold(script, Tonic, "C5:2");
        return script.Rest(20);
    }

    // The chord is let go as the melody's next note is struck.
    private static void Hold(ScriptedPerformance script, int[] chord, string melody)
    {
        foreach (var key in chord) script.Send(ShortMessage.NoteOn(0, key, 70));
        script.Play(melody);
        foreach (var key in chord) script.Send(ShortMessage.NoteOff(0, key));
    }
}
