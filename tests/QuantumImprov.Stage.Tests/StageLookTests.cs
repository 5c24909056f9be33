using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Stage.Tests;

public sealed class StageLookTests(Browser browser)
{
    [Theory]
    [InlineData(1280, 800)]
    [InlineData(820, 1180)]
    [InlineData(390, 800)]
    public async Task Everything_needed_is_on_the_screen_at_once(int width, int height)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(width, height));
        await SaveAsync(stage, $"{width}-first");
        await stage.Page.Keyboard.PressAsync("KeyA", new() { Delay = 200 });
        var now = stage.Session.Now;
        stage.Server.Publish(new StageState
        {
            Turn = StageTurn.Answering,
            Plan = "Two bars that take up your opening, ending on D, held",
            Tempo = Tempo.FromBpm(120),
            BarLine = now.PlusSeconds(-2.2),
            Key = "D minor",
            PhrasesHeard = 7,
            NotesLearned = 214,
            Preset = "Close listener",
            Consensus = .72,
            JackClient = "quantumimprov",
        });
        int[] call = [62, 65, 69, 67, 65, 64, 62], answer = [69, 70, 69, 65, 67, 62];
        for (var i = 0; i < call.Length; i++) Note(StagePart.Performer, call[i], 60 + i * 9, i * .25 - 2.2 + 2.2, .22);
        for (var i = 0; i < answer.Length; i++) stage.Answer(now, answer[i], 1.9 + i * .25, 2.1 + i * .25 + (i == 5 ? 3 : 0));
        await stage.UntilAsync("document.querySelectorAll('.key[data-part=partner]').length === 1 && document.querySelector('#answer').textContent.length > 12");
        await stage.UntilHeardAsync("partner");
        await stage.UntilSilentAsync("performer");
        await SaveAsync(stage, $"{width}-answering");

        foreach (var id in new[] { "turn", "plan", "roll", "panic", "piano", "octave-up", "sound", "call", "answer" })
        {
            var box = await stage.Page.Locator($"#{id}").BoundingBoxAsync();
            if (box is null && id == "sound") continue;
            Assert.NotNull(box);
            Assert.True(box.X >= 0 && box.X + box.Width <= width + .5 && box.Y >= 0 && box.Y + box.Height <= height + .5, $"{id} is at {box.X} {box.Y}, {box.Width} x {box.Height}.");
            Assert.True(box.Width > 0 && box.Height > 10, $"{id} is {box.Width} x {box.Height}.");
        }

        Assert.True((await stage.Page.Locator("#roll").BoundingBoxAsync())!.Height > 120, "The roll is too low to read.");
        Assert.Empty(stage.Complaints);

        void Note(StagePart part, int pitch, int velocity, double on, double length)
        {
            stage.Server.Broadcast(new StageNote(now.PlusSeconds(on), part, ShortMessage.NoteOn(0, pitch, velocity)));
            stage.Server.Broadcast(new StageNote(now.PlusSeconds(on + length), part, ShortMessage.NoteOff(0, pitch)));
        }
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(1280, 600)]
    [InlineData(960, 640)]
    [InlineData(800, 560)]
    [InlineData(640, 360)]
    [InlineData(390, 800)]
    public async Task Score_tabs_and_panels_stand_below_each_other_and_none_is_wider_than_the_page(int width, int height)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(width, height));
        StagePanelTests.Decide(stage.Session.Decisions, 2);
        stage.Server.Publish(new StageState { Turn = StageTurn.Answering, Plan = "One bar that takes up your opening, ending on C", Decisions = 2 });
        stage.Server.Publish(StagePortsTests.Cabled);
        foreach (var view in new[] { "keys", "circuit", "phrases", "ports", "recordings", "health" })
        {
            await stage.Page.ClickAsync($"#tab-{view}");
            if (view == "circuit") await stage.Page.ClickAsync("#older");
            var edges = await stage.Page.EvaluateAsync<double[]>($"['.strip', '.tabs', '#panel-{view}'].flatMap(s => {{ const b = document.querySelector(s).getBoundingClientRect(); return [b.top, b.bottom]; }})");
            for (var i = 1; i < edges.Length; i++) Assert.True(edges[i] >= edges[i - 1] - .5, $"{view} at {width} x {height}: {string.Join(", ", edges)}");
            Assert.Equal(width, await stage.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    [Fact]
    public async Task Where_motion_is_not_wanted_the_picture_stands_still()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(calm: true));
        stage.Answer(stage.Session.Now, 70, 0, .2);
        var first = await LeftmostAsync();
        await stage.UntilAsync($"performance.now() > {await stage.Page.EvaluateAsync<double>("performance.now()")} + 400");
        var second = await LeftmostAsync();
        // The picture turns its page every few seconds; between two turns nothing moves. The softened edge of a note that stops glowing may take a pixel.
        Assert.True(Math.Abs(first - second) <= 2 || second < first - 200 || second > first + 200, $"The note moved from {first} to {second}.");

        Task<int> LeftmostAsync() => stage.Page.EvaluateAsync<int>(
            """
            () => new Promise(done => { const look = () => {
              const canvas = document.querySelector('#roll');
              const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              for (let x = 0; x < width; x++) for (let y = 0; y < height; y++) {
                const i = 4 * (y * width + x);
                if (data[i + 3] > 120 && data[i + 2] > data[i] + 60) return done(x);
              }
              requestAnimationFrame(look);
            }; requestAnimationFrame(look); })
            """);
    }

    /// <summary>Kept beside the test's output, to be looked at.</summary>
    private static async Task SaveAsync(OpenStage stage, string name) =>
        await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"stage-{name}.png") });
}
