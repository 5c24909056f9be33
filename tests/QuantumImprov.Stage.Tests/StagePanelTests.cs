using System.Globalization;
using Microsoft.Playwright;
using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Host.Stage;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>Dials, MIDI, decisions and phrases on the page.</summary>
public sealed class StagePanelTests(Browser browser)
{
    // An input and an output that the browser believes in; play() is what the musician does.
    private const string MidiDevice =
        """
        window.sent = [];
        const input = { name: 'knobs', state: 'connected' }, output = { name: 'synth', state: 'connected', send: (data, at) => sent.push([...data, at]) };
        navigator.requestMIDIAccess = async () => ({ inputs: new Map([['1', input]]), outputs: new Map([['2', output]]), onstatechange: null });
        window.play = (...data) => input.onmidimessage({ data: Uint8Array.from(data), timeStamp: performance.now() });
        """;

    [Fact]
    public async Task A_dial_a_preset_and_a_tempo_reach_the_session_and_show_what_it_says()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.FillAsync("#dial-novelty", "0.25");
        await stage.Page.SelectOptionAsync("#preset-choice", "soft");
        await stage.Page.FillAsync("#tempo-set", "96");
        await stage.Page.PressAsync("#tempo-set", "Enter");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Count == 3);
        Assert.Equal(["novelty 0.25", "preset soft", "tempo 96"], stage.Session.Asked);

        stage.Server.Publish(new StageState { Preset = "duet", Settings = LiveSettings.Of(new Preset()) with { Law = new DialSettings(.4, .1, .7) }, Tempo = Tempo.FromBpm(88), TempoKnown = true });
        await stage.UntilAsync("document.querySelector('#dial-coherence').value === '0.4'");
        await stage.UntilAsync("document.querySelector('#dial-novelty').value === '0.7'");
        await stage.Page.EvaluateAsync("document.activeElement.blur()");
        stage.Server.Publish(new StageState { Preset = "duet", Settings = LiveSettings.Of(new Preset()) with { Law = new DialSettings(.4, .1, .71) }, Tempo = Tempo.FromBpm(88.5), TempoKnown = true });
        await stage.UntilAsync("document.querySelector('#tempo-set').value === '88.5'");
        Assert.Equal("duet", await stage.Page.InputValueAsync("#preset-choice"));
        Assert.Equal("Plays along.", await stage.Page.InnerTextAsync("#preset-about"));
        Assert.Empty(stage.Complaints);
    }

    [Fact]
    public async Task Every_action_reaches_the_session_and_switches_show_what_it_says()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        foreach (var act in new[] { "mute", "takeover", "freeze", "endcall", "mutate", "undo" }) await stage.Page.ClickAsync($"[data-act={act}]");
        await stage.Page.ClickAsync("#tap");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Count == 7);
        Assert.Equal(["mute", "takeover", "freeze", "endcall", "mutate", "undo", "tap"], stage.Session.Asked.Select(asked => asked.Split(' ')[0]));
        Assert.Equal("false", await stage.Page.GetAttributeAsync("[data-act=mute]", "aria-pressed"));
        stage.Server.Publish(new StageState { Muted = true, Frozen = true });
        await stage.UntilAsync("document.querySelector('[data-act=mute]').ariaPressed === 'true' && document.querySelector('[data-act=freeze]').ariaPressed === 'true' && document.querySelector('[data-act=takeover]').ariaPressed === 'false'");
        Assert.Empty(stage.Complaints);
    }

    [Fact]
    public async Task Who_types_a_tempo_plays_no_notes()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.FocusAsync("#tempo-set");
        await stage.Page.Keyboard.PressAsync("KeyA");
        await stage.Page.EvaluateAsync("document.activeElement.blur()");
        await stage.Page.Keyboard.PressAsync("KeyS");
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 2);
        Assert.Equal(62, stage.Session.Heard[0].Message.Data1);
    }

    [Fact]
    public async Task A_knob_that_was_learned_turns_its_dial_and_plays_no_music_also_after_a_reload()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(MidiDevice);
        await using var stage = await OpenStage.OpenAsync(page);
        await page.ClickAsync("#tab-midi");
        await page.ClickAsync("#midi-on");
        await stage.UntilAsync("document.querySelector('#midi-in').textContent.includes('knobs')");
        await page.EvaluateAsync("play(0x90, 64, 100), play(0x80, 64, 0)");
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 2);
        Assert.Equal([ShortMessage.NoteOn(0, 64, 100), ShortMessage.NoteOff(0, 64)], stage.Session.Heard.Select(m => m.Message).Select(m => m.IsNoteOff ? ShortMessage.NoteOff(0, m.Data1) : m));

        await page.ClickAsync("[data-learn='dial:coherence']");
        await page.EvaluateAsync("play(0xb2, 21, 5)");
        Assert.Equal("CC 21", await page.InnerTextAsync("[data-learn='dial:coherence']"));
        await page.EvaluateAsync("play(0xb2, 21, 127)");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Contains("coherence 1"));
        // The same knob of another channel is another knob: it goes on to the host as music does.
        await page.EvaluateAsync("play(0xb0, 21, 64)");
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 3);

        await page.ReloadAsync();
        await stage.ConnectedAsync();
        await stage.UntilAsync("document.querySelector('#midi-in').textContent.includes('knobs')");
        await page.EvaluateAsync("play(0xb2, 21, 0)");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Contains("coherence 0"));
        Assert.Equal(3, stage.Session.Heard.Count);
    }

    [Fact]
    public async Task The_partner_plays_on_to_a_midi_output_of_the_browser()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(MidiDevice);
        await using var stage = await OpenStage.OpenAsync(page);
        await page.ClickAsync("#tab-midi");
        await page.ClickAsync("#midi-on");
        await page.SelectOptionAsync("#midi-out", "synth");
        stage.Answer(stage.Session.Now, 67, .1, .2);
        await stage.UntilAsync("sent.some(m => m[0] === 0x90 && m[1] === 67) && sent.some(m => m[0] === 0x80 && m[1] === 67)");
        var apart = await page.EvaluateAsync<double>("sent.find(m => m[0] === 0x80)[3] - sent.find(m => m[0] === 0x90)[3]");
        Assert.Equal(100, apart, .5);
        await page.Keyboard.PressAsync("Escape");
        await stage.UntilAsync("sent.some(m => m[0] === 0xb0 && m[1] === 123)");
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(820, 1180)]
    [InlineData(390, 800)]
    public async Task A_frozen_decision_shows_the_law_it_was_drawn_from(int width, int height)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(width, height));
        var records = Decide(stage.Session.Decisions, 5);
        stage.Server.Publish(new StageState { Decisions = 5 });
        await stage.Page.ClickAsync("#tab-circuit");
        await stage.UntilAsync("document.querySelector('#decision-name').textContent.startsWith('Decision 5 of 5')");
        for (var number = 4; number >= 3; number--)
        {
            await stage.Page.ClickAsync("#older");
            await stage.UntilAsync($"document.querySelector('#decision-name').textContent.startsWith('Decision {number} of 5')");
        }

        Assert.Equal("true", await stage.Page.GetAttributeAsync("#freeze", "aria-pressed"));
        AssertLaw(records[2].Law, await BarsAsync(stage.Page));
        await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"stage-{width}-circuit.png") });
        await stage.Page.ClickAsync("#compare");
        AssertLaw(records[2].ToLaws().Coherent, await BarsAsync(stage.Page));
        await stage.Page.ClickAsync("#council button >> nth=0");
        await stage.UntilAsync("document.querySelectorAll('#laws .dot').length === document.querySelectorAll('#laws .bar').length");
        await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"stage-{width}-compared.png") });
        Assert.True(await stage.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
        Assert.Empty(stage.Complaints);
    }

    [Fact]
    public async Task A_circuit_is_copied_as_OpenQASM()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text; } } });");
        await using var stage = await OpenStage.OpenAsync(page);
        Decide(stage.Session.Decisions, 1);
        stage.Server.Publish(new StageState { Decisions = 1 });
        await page.ClickAsync("#tab-circuit");
        await page.ClickAsync("#copy-qasm");
        await stage.UntilAsync("window.copied?.startsWith('OPENQASM 3')");
        await stage.UntilAsync("document.querySelector('#decision-words').textContent.includes('clipboard')");
    }

    [Fact]
    public async Task A_phrase_becomes_a_thumbnail_and_those_before_one_can_be_forgotten()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        for (var number = 1; number <= 3; number++)
        {
            var from = stage.Session.Now;
            foreach (var key in new[] { "KeyA", "KeyD", "KeyG" }) await stage.Page.Keyboard.PressAsync(key, new() { Delay = 20 });
            await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 6 * number);
            stage.Server.Publish(new StageState { PhrasesHeard = number, Phrase = new PhraseSpan(number, from, stage.Session.Now, null) });
            await stage.UntilAsync($"document.querySelectorAll('#thumbnails li').length === {number}");
        }

        await stage.Page.ClickAsync("#tab-phrases");
        Assert.Equal("Phrase 3: C4 E4 G4", await stage.Page.GetAttributeAsync("#thumbnails li:first-child svg", "aria-label"));
        // By the keyboard alone: pressed it is asked for, and marked once the host says so.
        await stage.Page.FocusAsync("[aria-label='Like: answers take phrase 2 up more often']");
        await stage.Page.Keyboard.PressAsync("Enter");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Contains("favour 2"));
        Assert.Equal("false", await stage.Page.GetAttributeAsync("[aria-label*='take phrase 2 ']", "aria-pressed"));
        stage.Server.Publish(new StageState { PhrasesHeard = 3, Favoured = [2] });
        await stage.UntilAsync("document.querySelector('#thumbnails [data-favoured] [aria-pressed=true]')?.ariaLabel.includes('phrase 2 ')");
        stage.Server.Publish(new StageState { PhrasesHeard = 3 });
        await stage.UntilAsync("!document.querySelector('#thumbnails [data-favoured]')");
        await stage.Page.ClickAsync("[aria-label*=': phrase 2 and']");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Contains("keep 2"));
        Assert.Equal(2, await stage.Page.Locator("#thumbnails li").CountAsync());
        await stage.Page.ClickAsync("#forget");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Contains("forget 0"));
        Assert.Equal("Phrase 2", await stage.Page.InnerTextAsync("#thumbnails li span"));
    }

    [Fact]
    public async Task What_is_known_is_stored_and_recalled_after_a_question_and_the_page_says_what_came_of_it()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.ClickAsync("#tab-phrases");
        await stage.Page.ClickAsync("#store");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Contains("store"));
        stage.Server.Tell("Stored in the attic.");
        await stage.UntilAsync("document.querySelector('#link').textContent.includes('attic')");
        var yes = false;
        stage.Page.Dialog += (_, dialog) => _ = yes ? dialog.AcceptAsync() : dialog.DismissAsync();
        await stage.Page.ClickAsync("#recall");
        Assert.DoesNotContain("recall", stage.Session.Asked);
        yes = true;
        await stage.Page.ClickAsync("#recall");
        await stage.Session.UntilAsync(() => stage.Session.Asked.Contains("recall"));
    }

    /// <summary>As many decisions of the shipped council, written into <paramref name="log"/>.</summary>
    internal static List<DecisionRecord> Decide(DecisionLog log, int count)
    {
        var learned = ShippedRepertoire.Learn();
        learned.PlayWith(new Preset());
        var (line, candidates, random) = (learned.Members.NewLine(), new Candidates(), new Xoshiro(7));
        for (var i = 0; i < count; i++)
        {
            candidates.Fill(55, 79);
            for (var x = 0; x < candidates.Count; x++) candidates.Favour[x] = x % 3 == 0 ? .3 : 1;
            var decision = learned.Chain.Choose(line, candidates, DialSettings.Plain, .03, random);
            log.Decided(1, 0, Beats.Of(i), learned.Chain, line, candidates, decision);
            learned.Members.Follow(line, decision.Pitch);
        }

        return [.. log.All()];
    }

    private static Task<double[]> BarsAsync(IPage page) => page.EvaluateAsync<double[]>("[...document.querySelectorAll('#laws .bar')].map(bar => Number(bar.dataset.p))");

    private static void AssertLaw(IReadOnlyList<double> law, double[] bars)
    {
        Assert.Equal(law.Count, bars.Length);
        for (var i = 0; i < bars.Length; i++) Assert.True(Math.Abs(law[i] - bars[i]) < 1e-6, string.Create(CultureInfo.InvariantCulture, $"Bar {i} shows {bars[i]}; the law has {law[i]}."));
    }
}
