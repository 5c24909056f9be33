using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Health;
using Xunit;

namespace QuantumImprov.Stage.Tests;

public sealed class StageAccessTests(Browser browser)
{
    [Theory]
    [InlineData("keys", 1280, 800)]
    [InlineData("circuit", 1280, 800)]
    [InlineData("phrases", 1280, 800)]
    [InlineData("ports", 1280, 800)]
    [InlineData("midi", 1280, 800)]
    [InlineData("recordings", 1280, 800)]
    [InlineData("concert", 1280, 800)]
    [InlineData("health", 1280, 800)]
    [InlineData("keys", 390, 800)]
    [InlineData("dials", 390, 800)]
    [InlineData("ports", 390, 800)]
    [InlineData("circuit", 390, 800)]
    public async Task Axe_finds_nothing_in_any_panel(string view, int width, int height)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(width, height));
        StagePanelTests.Decide(stage.Session.Decisions, 2);
        foreach (var key in new[] { "KeyA", "KeyD" }) await stage.Page.Keyboard.PressAsync(key, new() { Delay = 20 });
        stage.Server.Publish(new StageState
        {
            Turn = StageTurn.Answering, Plan = "One bar, ending on C", Tempo = Tempo.FromBpm(96), Key = "C major", Preset = "soft", Consensus = .4, PhrasesHeard = 1, Decisions = 2,
            Settings = LiveSettings.Of(new Preset()) with { Law = new DialSettings(.6, .2, .1) }, Rolls = true, Time = new TimeView(TimeKeeper.Clock, false, 2.6, TimeSources.All),
            Phrase = new PhraseSpan(1, stage.Session.Now.PlusSeconds(-9), stage.Session.Now, null),
        });
        await stage.UntilAsync("document.querySelectorAll('#thumbnails li').length === 1");
        stage.Server.Publish(new StageHealth { Xruns = 0, Heard = [0, 1, 4, 1, 0, 0, 0, 0, 0], Rounds = [0, 0, 9, 90, 2, 0, 0, 0, 0], Collections = [1, 0, 0] }, new StageConcert { Backend = "fez", Share = .8, Stocks = [new(40, 1), new(9, .5)] });
        stage.Server.Publish(StagePortsTests.Cabled);
        await stage.UntilAsync("!document.querySelector('#tab-concert').hidden");
        await stage.Page.ClickAsync($"#tab-{view}");
        if (view == "circuit") await stage.UntilAsync("document.querySelector('#laws .bar')");
        await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"stage-{width}-access-{view}.png") });
        Assert.Empty(await Axe.ViolationsAsync(stage.Page));
    }

    [Fact]
    public async Task Every_panel_and_dial_can_be_reached_and_moved_by_the_keyboard()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.FocusAsync("#tab-keys");
        await stage.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("circuit", await stage.Page.GetAttributeAsync("html", "data-view"));
        await stage.Page.Keyboard.PressAsync("ArrowLeft");
        await stage.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("health", await stage.Page.GetAttributeAsync("html", "data-view"));
        await stage.Page.FocusAsync("#dial-coherence");
        await stage.Page.Keyboard.PressAsync("End");
        await stage.Page.Keyboard.PressAsync("ArrowLeft");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Contains("coherence 0.99"));
        await stage.Page.Keyboard.PressAsync("Escape");
        await stage.Session.UntilAsync(() => stage.Session.Panics == 1);
    }
}
