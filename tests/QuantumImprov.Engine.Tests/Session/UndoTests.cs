using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Tests.Pipeline;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session;

/// <summary>What was done to the repertoire and taken back was never done: laws, amplitudes, archive and the notes played afterwards are the same.</summary>
public class UndoTests
{
    private static readonly int[][] Loaded = [[60, 64, 62, 61, 60], [63, 62, 60]];
    private static readonly int[][] Phrases = [[60, 62, 64, 62], [64, 63, 62, 60, 61], [60, 62, 63, 64], [61, 60, 64, 60, 62]];

    [Theory]
    [InlineData(CommandKind.Forget, 0)]
    [InlineData(CommandKind.Keep, 1)]
    [InlineData(CommandKind.Keep, 0)]
    [InlineData(CommandKind.Clear, 0)]
    public void A_change_that_is_undone_was_never_made(CommandKind change, double value)
    {
        using var stage = new Scene(Loaded);
        using var plain = new Scene(Loaded);
        foreach (var scene in new[] { stage, plain })
        {
            scene.Play(Phrases[0]);
            scene.Play(Phrases[1]);
        }

        stage.Ask(change, value);
        stage.Play(Phrases[2]);
        plain.Play(Phrases[2]);
        Assert.NotEqual(plain.Learned.ToContent(), stage.Learned.ToContent());
        stage.Ask(CommandKind.Undo);
        stage.Play(Phrases[3]);
        plain.Play(Phrases[3]);
        ForgettingTests.AssertSame(plain.Learned, stage.Learned, [.. Loaded, .. Phrases]);
        Assert.Equal(plain.Learned.Amplitudes.Weights, stage.Learned.Amplitudes.Weights);
        Assert.Equal(plain.Learned.Amplitudes.Steps, stage.Learned.Amplitudes.Steps);
    }

    [Fact]
    public void Loading_is_undone_and_a_phrase_in_which_it_came_is_heard_once()
    {
        var slow = new SlowWorker();
        using var stage = new Scene(Loaded, slow);
        using var plain = new Scene(Loaded);
        foreach (var scene in new[] { stage, plain }) scene.Play(Phrases[0]);
        stage.Ask(CommandKind.Load, content: new RepertoireContent([], null));
        foreach (var scene in new[] { stage, plain }) scene.PlayKeys(Phrases[1][..2]);
        slow.Finish();
        foreach (var scene in new[] { stage, plain })
        {
            scene.PlayKeys(Phrases[1][2..]);
            scene.Rest(9);
        }

        Assert.Equal(1, stage.Session.Pipeline.Changes);
        stage.Ask(CommandKind.Undo);
        slow.Finish();
        stage.Play(Phrases[2]);
        plain.Play(Phrases[2]);
        ForgettingTests.AssertSame(plain.Learned, stage.Learned, [.. Loaded, .. Phrases]);
    }

    [Fact]
    public void Four_changes_are_undone_one_after_the_other_the_last_first()
    {
        var worker = new SlowWorker();
        using var stage = new Scene(Loaded, worker);
        foreach (var phrase in Phrases) stage.Play(phrase);
        List<string> seen = [Archive(stage)];
        foreach (var (kind, value) in new[] { (CommandKind.Forget, 0), (CommandKind.Keep, 2), (CommandKind.Forget, 0), (CommandKind.Clear, 0) })
        {
            stage.Ask(kind, value);
            worker.Finish();
            stage.Rest(1);
            seen.Add(Archive(stage));
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        for (var i = seen.Count - 2; i >= 0; i--)
        {
            stage.Ask(CommandKind.Undo);
            worker.Finish();
            stage.Rest(1);
            Assert.Equal(seen[i], Archive(stage));
        }

        // There is nothing left to undo.
        stage.Ask(CommandKind.Undo);
        stage.Rest(1);
        Assert.Equal(seen[0], Archive(stage));
    }

    [Fact]
    public void However_much_was_played_since_the_forgotten_phrase_comes_back_to_its_place()
    {
        using var stage = new Scene([]);
        stage.Play([60, 62, 64]);
        stage.Ask(CommandKind.Forget);
        for (var i = 0; i < LearnedMusic.MostForgotten + 1; i++) stage.Play([61 + (i % 4), 63, 62]);
        stage.Ask(CommandKind.Undo);
        stage.Play([70, 71]);
        using var plain = new Scene([]);
        plain.Play([60, 62, 64]);
        for (var i = 0; i < LearnedMusic.MostForgotten + 1; i++) plain.Play([61 + (i % 4), 63, 62]);
        plain.Play([70, 71]);
        Assert.Equal(Archive(plain), Archive(stage));
        ForgettingTests.AssertSameLaws(plain.Learned, stage.Learned, [[60, 62, 64], [61, 63, 62]]);
    }

    private static string Archive(Scene scene) => string.Join(" | ", scene.Learned.Archive.ToPhrases().Select(p => string.Join(' ', p.Notes.Select(n => n.Pitch.Number))));
}
