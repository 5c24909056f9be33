using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
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
