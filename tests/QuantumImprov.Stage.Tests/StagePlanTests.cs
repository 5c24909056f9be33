using QuantumImprov.Engine.Lookahead;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Session;
using QuantumImprov.Engine.Shaping;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>What is planned is seen before it sounds.</summary>
public sealed class StagePlanTests(Browser browser)
{
    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 800)]
    public async Task The_plan_stands_ahead_of_now_as_ghosts_that_become_notes(int width, int height)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(width, height));
        var now = stage.Session.Now;
        stage.Server.Broadcast(new StageNote(now.PlusSeconds(-1.9), StagePart.Performer, ShortMessage.NoteOn(0, 62, 90)));
        stage.Server.Broadcast(new StageNote(now.PlusSeconds(-.3), StagePart.Performer, ShortMessage.NoteOff(0, 62)));
        var timeline = new Timeline(Tempo.FromBpm(120), default, Beats.Zero, now.PlusSeconds(1.2));
        AheadNote[] notes = [new(Beats.Of(0), Beats.Of(1), 64, 90, .9f), new(Beats.Of(1), Beats.Of(2), 67, 90, .2f), new(Beats.Of(2), Beats.Of(4), 72, 90, .6f)];
        var state = new StageState
        {
            Turn = StageTurn.Answering,
            Plan = "One bar that takes up your opening, ending on C",
            Tempo = Tempo.FromBpm(120),
            BarLine = now.PlusSeconds(1.2),
            PhrasesHeard = 1,
            Phrase = new PhraseSpan(1, now.PlusSeconds(-1.9), now.PlusSeconds(-.3), now.PlusSeconds(-.9)),
            Answer = new AnswerView
            {
                Number = 1, Decided = now, Timeline = timeline, Start = Beats.Zero, End = Beats.Of(4), Motif = MotifForm.Transposed, MotifEnds = Beats.Of(2),
                Notes = [.. notes], Decisions = [0, 0, 0],
            },
        };
        stage.Server.Publish(state);
        // Dashed outlines to the right of now; nothing of the partner has sounded yet.
        await stage.UntilAsync(Ghosts + " > 60");
        Assert.Equal("", await stage.Page.InnerTextAsync("#answer"));
        await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"stage-{width}-plan.png") });

        // Dropped, it is gone.
        stage.Server.Publish(state with { Answer = null, Turn = StageTurn.Listening });
        await stage.UntilAsync(Ghosts + " === 0");
        Assert.Empty(stage.Complaints);
    }

    [Fact]
    public async Task Written_chords_stand_below_the_notes_and_the_one_of_now_stands_out()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(1280, 800));
        var state = new StageState { Tempo = Tempo.FromBpm(60), BarLine = stage.Session.Now, PhrasesHeard = 1 };
        stage.Server.Publish(state);
        await stage.UntilAsync($"{Light} < 40");
        stage.Server.Publish(state with { Chart = ChordChartText.Read("Dm7 G7 | Cmaj7 | A7", out _) });
        await stage.UntilAsync($"{Light} > 300");
        stage.Server.Publish(state);
        await stage.UntilAsync($"{Light} < 40");
        Assert.Empty(stage.Complaints);
    }

    // Light pixels at the foot of the strip.
    private const string Light =
        """
        (() => {
          const canvas = document.querySelector('#roll'), pen = canvas.getContext('2d', { willReadFrequently: true }), high = Math.round(20 * devicePixelRatio);
          const { data } = pen.getImageData(0, canvas.height - high, Math.round(canvas.width * .58), high);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 200 && data[i] > 200 && data[i + 1] > 200 && data[i + 2] > 200) count++;
          return count;
        })()
        """;

    // Pixels of the partner's colour below the marks, to the right of the line of now.
    private const string Ghosts =
        """
        (() => {
          const canvas = document.querySelector('#roll'), pen = canvas.getContext('2d', { willReadFrequently: true }), left = Math.round(canvas.width * .62);
          const { data } = pen.getImageData(left, 34 * devicePixelRatio, canvas.width - left, canvas.height - 34 * devicePixelRatio);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 90 && data[i + 2] > data[i] + 50) count++;
          return count;
        })()
        """;
}
