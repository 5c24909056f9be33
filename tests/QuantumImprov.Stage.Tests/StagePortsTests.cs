using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Ports;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>Sync, transport, ports and routing on the page.</summary>
public sealed class StagePortsTests(Browser browser)
{
    /// <summary>A keyboard that is connected, one that is not, a module that is waited for, and both speakers.</summary>
    internal static StagePorts Cabled { get; } = new()
    {
        Says = "JACK client quantumimprov.",
        Ends =
        [
            new StageEnd("in", "quantumimprov:in", [new("system:midi_capture_1", CableState.In), new("a2j:Arturia KeyStep 37 [24] (capture): Arturia KeyStep 37 MIDI 1", CableState.Apart), new("ardour:call/midi_out 1", CableState.Apart)]),
            new StageEnd("out", "quantumimprov:out", [new("system:midi_playback_1", CableState.Apart), new("ardour:take/midi_in 1", CableState.In), new("fluidsynth:midi_00", CableState.Awaited)]),
            new StageEnd("left", "quantumimprov:left", [new("system:playback_1", CableState.In), new("system:playback_2", CableState.Apart)]),
            new StageEnd("right", "quantumimprov:right", [new("system:playback_1", CableState.Apart), new("system:playback_2", CableState.In)]),
        ],
        Routes = [new("You are heard on", "every channel"), new("The partner plays on", "channel 1"), new("Its voice 2 plays on", "channel 2"), new("You pass through from", "channel 1 to channel 3")],
    };

    [Fact]
    public async Task Ports_are_connected_and_parted_by_click_and_by_keyboard_and_keep_the_focus()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.ClickAsync("#tab-ports");
        stage.Server.Publish(Cabled);
        await stage.UntilAsync("document.querySelectorAll('#ends button').length === 10 && document.querySelectorAll('#routes dd').length === 4");
        Assert.StartsWith("JACK client quantumimprov. Press a port", await stage.Page.InnerTextAsync("#ports-say"), StringComparison.Ordinal);
        Assert.Equal(["true", "false", "false"], await PressedAsync("in"));
        Assert.Equal("connected when it comes", await stage.Page.InnerTextAsync("[data-end=out] button:nth-child(3) small"));

        await stage.Page.ClickAsync("[data-end=in] button:nth-child(2)");
        await stage.Page.FocusAsync("[data-end=out] button:nth-child(2)");
        await stage.Page.Keyboard.PressAsync("Enter");
        await stage.Page.FocusAsync("[data-end=out] button:nth-child(3)");
        await stage.Page.Keyboard.PressAsync("Space");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Count == 3);
        Assert.Equal(["connect in a2j:Arturia KeyStep 37 [24] (capture): Arturia KeyStep 37 MIDI 1", "part out ardour:take/midi_in 1", "part out fluidsynth:midi_00"], stage.Session.Asked);

        // What has changed and what has come takes the focus from nothing.
        stage.Server.Publish(Cabled with { Ends = [Cabled.Ends[0] with { Others = [new("new:out", CableState.Apart), .. Cabled.Ends[0].Others.Select(o => o with { Cable = CableState.In })] }, .. Cabled.Ends.Skip(1)] });
        await stage.UntilAsync("document.querySelectorAll('#ends button').length === 11");
        Assert.Equal(["false", "true", "true", "true"], await PressedAsync("in"));
        Assert.Equal("fluidsynth:midi_00", await stage.Page.EvaluateAsync<string>("document.activeElement.querySelector('span')?.textContent"));

        stage.Server.Publish(new StagePorts { Says = "The JACK server is gone; waiting for it to return." });
        await stage.UntilAsync("document.querySelector('#ports-say').textContent === 'The JACK server is gone; waiting for it to return.'");
        Assert.Equal(0, await stage.Page.Locator("#ends fieldset").CountAsync());
        Assert.Empty(stage.Complaints);

        Task<string[]> PressedAsync(string end) => stage.Page.EvaluateAsync<string[]>($"[...document.querySelectorAll('[data-end={end}] button')].map(b => b.ariaPressed)");
    }

    [Theory]
    [InlineData(TimeKeeper.Phrases, false, "You keep the time", "The beat is found in each phrase")]
    [InlineData(TimeKeeper.Stated, true, "The partner keeps the time", "Steady, at the tempo it was told")]
    [InlineData(TimeKeeper.Tapped, true, "The partner keeps the time", "Steady, at the tempo that you tapped")]
    [InlineData(TimeKeeper.Clock, true, "A MIDI clock keeps the time", "Steady: its ticks come within 1.5 ms")]
    [InlineData(TimeKeeper.Clock, false, "A MIDI clock keeps the time", "Unsteady: its ticks are 1.5 ms off")]
    [InlineData(TimeKeeper.Song, true, "JACK’s transport keeps the time", "Steady: the song runs on")]
    [InlineData(TimeKeeper.Song, false, "JACK’s transport keeps the time", "The song has just been moved")]
    public async Task Whose_time_is_kept_stands_in_words(TimeKeeper keeper, bool steady, string words, string more)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.ClickAsync("#tab-ports");
        stage.Server.Publish(new StageState { Time = new TimeView(keeper, steady, keeper == TimeKeeper.Clock ? 1.5 : null, TimeSources.All) });
        await stage.UntilAsync($"document.querySelector('#keeper').textContent === '{words}'");
        Assert.StartsWith(more, await stage.Page.InnerTextAsync("#keeper-says"), StringComparison.Ordinal);
        Assert.Equal(steady ? "yes" : "no", await stage.Page.GetAttributeAsync("#keeper", "data-steady"));
        Assert.False(await stage.Page.IsVisibleAsync("#transport"));
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(820, 1180)]
    [InlineData(390, 800)]
    public async Task The_transport_is_started_and_stopped_and_another_time_chosen_by_click_and_by_keyboard(int width, int height)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(width, height));
        await stage.Page.ClickAsync("#tab-ports");
        stage.Server.Publish(Cabled);
        stage.Server.Publish(new StageState { Rolls = false, TempoKnown = true, Time = new TimeView(TimeKeeper.Stated, true, .4, TimeSources.Song) });
        await stage.UntilAsync("document.querySelector('#roll-off').ariaPressed === 'true' && document.querySelector('#sync-choice input[value=\"2\"]').checked");
        Assert.EndsWith("A MIDI clock is heard and not followed.", await stage.Page.InnerTextAsync("#keeper-says"), StringComparison.Ordinal);
        await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"stage-{width}-ports.png") });
        await stage.Page.ClickAsync("#roll-on");
        await stage.Page.FocusAsync("#roll-off");
        await stage.Page.Keyboard.PressAsync("Enter");
        await stage.Page.ClickAsync("#sync-choice label:has(input[value='3'])");
        await stage.Page.Keyboard.PressAsync("ArrowDown");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Count == 4);
        Assert.Equal(["roll", "stop", "sync 3", "sync 1"], stage.Session.Asked);
        Assert.True(await stage.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
        Assert.Empty(stage.Complaints);
    }
}
