using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Session;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>How far ahead of the music notes are chosen. Beats are half a second; the call lasts two bars.</summary>
public class LookaheadTests
{
    private static readonly int[] Call = [60, 62, 64, 65, 67, 64, 60, 62, 64, 65, 67, 69, 67, 64, 62, 60];

    private static readonly Preset Quartet = new()
    {
        MostBars = 8, LeastBars = 4, Voice2 = VoiceRules.Off with { Channel = 2, Low = new(36), High = new(60) }, Voice3 = VoiceRules.Off with { Channel = 3, Delay = 1 },
    };

    // Ten concerts of five phrases, alone and with further voices; where answers are cut short, nothing is taken up: what was not chosen yet cannot be.
    [Theory]
    [InlineData(0)]
    [InlineData(.3)]
    [InlineData(.8)]
    public void While_nothing_is_turned_the_same_notes_are_played_however_late_they_are_chosen(double lookahead)
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var random = new Xoshiro(seed);
            var script = new ScriptedPerformance(60 + random.NextInt(180));
            var wild = seed % 4 < 2;
            for (var i = 0; i < 5; i++)
            {
                if (wild) Concert.PlayRandomPhrase(script, random, rest: i % 2 == 0 ? 6 : 20, legato: .3);
                else script.Play("C4 D4 E4:.5 F4:.5 G4 E4 C4 D4:.5 E4:.5 C4").Rest(40);
            }

            var preset = (seed % 2 == 0 ? new Preset() : Quartet) with { Motif = wild ? 0 : .5 };
            var expected = VirtualConcert.Play(Concert.Session(script, seed, preset), script.ToPerformance());
            Assert.NotEmpty(expected);
            Assert.Equal(expected, Concert.Play(Concert.Session(script, seed, preset with { Lookahead = lookahead }), script, () => 1_000L << random.NextInt(18)).Partner);
        }
    }

    [Fact]
    public void At_its_end_the_whole_answer_is_there_before_it_begins_and_at_0_a_quarter_of_it()
    {
        Assert.True(Answered(1).Chosen.Max() > Beats.Of(3));
        var (chosen, start) = Answered(0);
        Assert.True(chosen.Length > 0 && chosen.Max() <= Beats.Of(1), $"{start}: {string.Join(", ", chosen)}");

        static (Beats[] Chosen, Beats Start) Answered(double lookahead)
        {
            using var scene = new Scene([Call], preset: Long(lookahead));
            scene.PlayKeys(Call);
            scene.Until(() => scene.Session.Pipeline.Ahead.IsActive);
            var notes = scene.Session.Pipeline.Ahead.Notes.ToArray();
            return ([.. notes.Select(n => n.On - notes[0].On)], notes[0].On);
        }
    }

    // Novelty at its end makes the unlikely as likely as the likely, so hardly a bar stays as it was.
    [Fact]
    public void A_dial_reaches_what_is_not_chosen_yet_and_nothing_that_is()
    {
        var (still, turned) = (Pitches(0, turns: false), Pitches(0, turns: true));
        var same = still.Zip(turned).TakeWhile(p => p.First == p.Second).Count();
        Assert.InRange(same, 4, still.Length - 4);
        Assert.Equal(Pitches(1, turns: false), Pitches(1, turns: true));

        static int[] Pitches(double lookahead, bool turns)
        {
            using var scene = new Scene([Call], preset: Long(lookahead) with { Motif = 0, Leap = 24, KeyLock = 0, Cadence = 0 });
            scene.PlayKeys(Call);
            scene.Until(() => scene.Session.Pipeline.Ahead.IsActive);
            var start = scene.Session.Pipeline.Ahead.Notes[0].On;
            scene.Until(() => scene.Session.Pipeline.Timeline.ToBeats(scene.Now) >= start + Beats.Of(4));
            if (turns) scene.Command(new SessionCommand(scene.Now, CommandKind.Dial, 1) { Name = "novelty" });
            scene.Rest(14);
            return [.. scene.Sent.Where(m => m.Message.IsNoteOn).Select(m => (int)m.Message.Data1)];
        }
    }

    // What is known is exchanged in the midst of an answer: its rest is chosen before that, by what was known.
    [Theory]
    [InlineData(CommandKind.Forget)]
    [InlineData(CommandKind.Clear)]
    public void An_answer_is_played_to_its_end_though_what_it_came_from_is_forgotten(CommandKind kind)
    {
        var (kept, forgotten) = (Sent(null), Sent(kind));
        Assert.True(kept.Length > 8);
        Assert.Equal(kept, forgotten);

        static TimedMessage[] Sent(CommandKind? kind)
        {
            using var scene = new Scene([Call], preset: Long(0));
            scene.PlayKeys(Call);
            scene.Until(() => scene.Sent.Any());
            if (kind is { } asked) scene.Ask(asked);
            scene.Rest(14);
            return [.. scene.Sent];
        }
    }

    private static Preset Long(double lookahead) => new() { LeastBars = 4, MostBars = 4, Lookahead = lookahead };
}
