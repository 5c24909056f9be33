using System.Globalization;
using Microsoft.Playwright;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>How quick the page is. Each test tells what it measured and holds that it came at all: milliseconds are the machine's, and stand in docs/measurements.md.</summary>
public sealed class StageTimingTests(Browser browser, ITestOutputHelper output)
{
    [Fact]
    public async Task Every_key_down_is_heard_in_the_page()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            window.ways = [];
            let end = null;
            const connect = AudioNode.prototype.connect;
            AudioNode.prototype.connect = function (to, ...all) {
              // At the end of the chain, so that nothing of the page's own delay is left out.
              if (to instanceof AudioDestinationNode) connect.call(this, end = new AnalyserNode(this.context, { fftSize: 1024 }));
              return connect.call(this, to, ...all);
            };
            const next = new MessageChannel(), samples = new Float32Array(256);
            let since = null;
            addEventListener('keydown', e => { if (!e.repeat && since === null) since = e.timeStamp; }, true);
            next.port1.onmessage = () => {
              if (since !== null && end) {
                end.getFloatTimeDomainData(samples);
                if (samples.some(s => Math.abs(s) > 1e-3)) { ways.push(performance.now() - since); since = null; }
              }
              setTimeout(() => next.port2.postMessage(0));
            };
            next.port2.postMessage(0);
            """);
        await using var stage = await OpenStage.OpenAsync(page);
        await page.Keyboard.PressAsync("KeyA");
        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        await page.EvaluateAsync("ways.length = 0");
        for (var i = 0; i < 15; i++)
        {
            await stage.UntilSilentAsync("performer");
            await PlayUntilAsync(page, $"ways.length > {i}", () => page.Keyboard.PressAsync("KeyH", new() { Delay = 30 }));
        }

        var ways = await page.EvaluateAsync<double[]>("ways");
        Tell("Key down to sound in the page, ms", ways);
        Assert.Equal(15, ways.Length);
    }

    [Fact]
    public async Task A_picture_with_two_hundred_notes_goes_on_being_drawn()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            window.draws = [];
            const asked = window.requestAnimationFrame.bind(window);
            window.requestAnimationFrame = f => asked(t => { const from = performance.now(); f(t); draws.push(performance.now() - from); });
            """);
        await using var stage = await OpenStage.OpenAsync(page);
        var now = stage.Session.Now;
        for (var i = 0; i < 200; i++)
        {
            var part = i % 2 == 0 ? StagePart.Performer : StagePart.Partner;
            stage.Server.Broadcast(new StageNote(now.PlusSeconds((i - 190) * .03), part, ShortMessage.NoteOn(0, 40 + (i * 7 % 48), 90)));
            stage.Server.Broadcast(new StageNote(now.PlusSeconds(((i - 190) * .03) + .2), part, ShortMessage.NoteOff(0, 40 + (i * 7 % 48))));
        }

        stage.Server.Publish(new StageState { Turn = StageTurn.Answering, Tempo = Tempo.FromBpm(120), BarLine = now });
        // The parts take turns, so each answer is one note; the last is an F.
        await stage.UntilAsync("document.querySelector('#answer').textContent === 'F2'");
        await page.EvaluateAsync("draws.length = 0");
        var began = await page.EvaluateAsync<double>("performance.now()");
        await stage.UntilAsync("draws.length >= 120");
        var frames = 120_000 / (await page.EvaluateAsync<double>("performance.now()") - began);
        var draws = await page.EvaluateAsync<double[]>("draws.slice(0, 120)");
        Tell("Drawing a picture with 200 notes, ms", draws);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Pictures a second: {frames:0.0}."));
        Assert.Equal(120, draws.Length);
    }

    [Fact]
    public async Task What_the_host_publishes_is_painted_after_it_was_published()
    {
        var page = await browser.NewPageAsync();
        await using var stage = await OpenStage.OpenAsync(page);
        await page.EvaluateAsync(
            """
            window.painted = {};
            new MutationObserver(() => { const seen = document.querySelector('#plan').textContent; requestAnimationFrame(() => setTimeout(() => { painted[seen] = performance.timeOrigin + performance.now(); })); })
              .observe(document.querySelector('#plan'), { childList: true, characterData: true, subtree: true });
            """);
        var ways = new double[40];
        for (var i = 0; i < ways.Length; i++)
        {
            var at = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            stage.Server.Publish(new StageState { Plan = $"plan {i}" });
            await stage.UntilAsync($"painted['plan {i}']");
            ways[i] = await page.EvaluateAsync<double>($"painted['plan {i}']") - at;
        }

        Tell("Published to painted, ms", ways);
        // The page counts its time from a wall clock that was read once.
        Assert.All(ways, way => Assert.InRange(way, -5, double.MaxValue));
    }

    [Fact]
    public async Task A_page_six_times_slower_still_tells_when_each_key_was_played_and_sounds_the_answer_in_time()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            window.starts = []; window.times = [];
            for (const e of ['keydown', 'keyup']) addEventListener(e, x => x.repeat || times.push(x.timeStamp), true);
            const start = OscillatorNode.prototype.start;
            OscillatorNode.prototype.start = function (when) { if (this.type === 'custom') starts.push(when); return start.call(this, when); };
            """);
        await using var stage = await OpenStage.OpenAsync(page);
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Emulation.setCPUThrottlingRate", new Dictionary<string, object> { ["rate"] = 6 });
        foreach (var key in new[] { "KeyA", "KeyD", "KeyG", "KeyD" }) await page.Keyboard.PressAsync(key, new() { Delay = 60 });
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 8);
        var played = await page.EvaluateAsync<double[]>("times");
        var heard = stage.Session.Heard.Select(m => m.At.SecondsSince(stage.Session.Heard[0].At) * 1000).ToArray();
        for (var i = 0; i < heard.Length; i++) Assert.Equal(played[i] - played[0], heard[i], 2.0);

        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        var now = stage.Session.Now;
        for (var i = 0; i < 8; i++) stage.Answer(now, 60 + i, 2 + (i * .1), 2.05 + (i * .1));
        await stage.UntilAsync("starts.length === 8");
        var starts = await page.EvaluateAsync<double[]>("starts");
        for (var i = 1; i < 8; i++) Assert.Equal(.1, starts[i] - starts[i - 1], .004);
    }

    [Fact]
    public async Task Of_two_pages_each_shows_and_sounds_what_the_other_plays()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        // As the engine does.
        stage.Session.Hearing += (at, message) => stage.Server.Broadcast(new StageNote(at, StagePart.Performer, message));
        var other = await browser.NewPageAsync();
        await other.GotoAsync(stage.Server.Url);
        await other.WaitForFunctionAsync("() => document.documentElement.dataset.link === 'here'");
        await other.ClickAsync("#octave-up");
        await other.WaitForFunctionAsync("() => document.documentElement.dataset.sound === 'on'");
        await PlayUntilAsync(other, "document.querySelector('.channel.performer .meter').ariaValueNow > 10", () => stage.Page.Keyboard.PressAsync("KeyH", new() { Delay = 400 }));
        Assert.StartsWith("A4", await other.InnerTextAsync("#call"));
        await other.Keyboard.PressAsync("KeyA", new() { Delay = 50 });
        await stage.UntilAsync("document.querySelector('#call').textContent.endsWith('A4 C5')");
        await other.Context.CloseAsync();
        Assert.Empty(stage.Complaints);
    }

    private void Tell(string what, double[] values)
    {
        var sorted = values.Order().ToArray();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {Median(values):0.0}, 95 % within {sorted[(int)(.95 * (sorted.Length - 1))]:0.0}, most {sorted[^1]:0.0}."));
    }

    // A machine that stands still for a second drops what is too late to sound; then it is played again.
    private static async Task PlayUntilAsync(IPage page, string condition, Func<Task> play)
    {
        for (var tries = 1; ; tries++)
        {
            await play();
            try
            {
                await page.WaitForFunctionAsync($"() => {condition}", null, new() { Timeout = tries < 8 ? 4_000 : 60_000 });
                return;
            }
            catch (TimeoutException) when (tries < 8)
            {
                // Once more.
            }
        }
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
