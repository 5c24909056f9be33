using System.Collections.Immutable;
using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Judging;

public class EndsTrialTests
{
    [Fact]
    public void Calls_are_played_to_a_session_and_its_turns_are_measured()
    {
        var call = new ScriptedPerformance().Play("C4 D4 E4 F4 G4 E4 C4:2").Rest(16).Play("G4 F4 E4 D4 C4 E4 C4:2").Rest(16).ToPerformance();
        ImmutableArray<Beats> ends = [Beats.Of(8), Beats.Of(32)];
        var judged = Run([(call, ends), (call, ends)], 1);
        Assert.Equal((2, null), (judged.Calls, judged.Human));
        Assert.Equal((4, 0), (judged.Turns!.Ends, judged.Turns.Unanswered));
        Assert.InRange(judged.Partner.ResponseDelayP90Beats!.Value, 0, 4);
        Assert.Equal(0, judged.Partner.FalseInterruptions);
        Assert.Equal(AnswerFigures.None with { ResponseDelayP90Beats = judged.Turns.DelayP90Beats, FalseInterruptions = 0 }, judged.Partner);
        Assert.Equal(judged, Run([(call, ends), (call, ends)], 2));
    }

    // Three quarters of silence in the middle of what is said to be one phrase: the partner cannot know, and breaks in.
    [Fact]
    public void A_partner_that_answers_in_the_middle_of_a_phrase_is_told()
    {
        var call = new ScriptedPerformance().Play("C4 D4 E4 C4").Rest(12).Play("G4 F4 E4 C4").Rest(16).ToPerformance();
        var judged = Run([(call, [Beats.Of(20)])], 1);
        Assert.Equal((1.0, 1, 1), (judged.Partner.FalseInterruptions, judged.Turns!.Ends, judged.Turns.Interruptions));
    }

    private static Judgement Run(IReadOnlyList<(Performance, ImmutableArray<Beats>)> calls, int jobs) =>
        EndsTrial.Run(calls, static () => new LearnedMusic(), new Preset(), 2, jobs, stop: TestContext.Current.CancellationToken);
}
