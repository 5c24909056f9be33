using System.Text.Json;
using Microsoft.Playwright;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Stage.Tests;

public sealed class StagePageTests(Browser browser)
{
    private const string KeepKeyTimes = "window.times = []; for (const e of ['keydown', 'keyup']) addEventListener(e, x => x.repeat || times.push(x.timeStamp), true);";

    [Fact]
    public async Task The_page_opens_without_complaint_and_says_how_to_begin()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        Assert.Contains("Press A S D F", await stage.Page.InnerTextAsync(".hint"));
        Assert.Equal("Play a phrase", await stage.Page.InnerTextAsync("#turn"));
        Assert.Equal("Connected", await stage.Page.InnerTextAsync("#link"));
        await stage.Page.Keyboard.PressAsync("KeyA");
        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        Assert.Empty(stage.Complaints);
    }

    [Fact]
    public async Task A_typed_phrase_reaches_the_session_as_it_was_timed()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.EvaluateAsync(KeepKeyTimes);
        foreach (var key in new[] { "KeyA", "KeyS", "KeyD", "KeyF", "KeyG" }) await stage.Page.Keyboard.PressAsync(key, new() { Delay = 60 });
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 10);

        Assert.Equal([60, 60, 62, 62, 64, 64, 65, 65, 67, 67], stage.Session.Heard.Select(m => (int)m.Message.Data1));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => i % 2 == 0), stage.Session.Heard.Select(m => m.Message.IsNoteOn));
        await AssertTimedAsPlayedAsync(stage);
        Assert.Equal("C4 D4 E4 F4 G4", await stage.Page.InnerTextAsync("#call"));
    }

    [Fact]
    public async Task A_page_that_is_busy_does_not_smear_the_timing()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        // Each key finds the page at work for 120 ms, so that it is dealt with late; it keeps the time it went down all the same.
        await stage.Page.EvaluateAsync("() => { const next = new MessageChannel(); next.port1.onmessage = () => { const end = performance.now() + 120; while (performance.now() < end); next.port2.postMessage(0); }; next.port2.postMessage(0); }");
        await stage.Page.EvaluateAsync(KeepKeyTimes + "window.late = 0; addEventListener('keydown', x => { late = Math.max(late, performance.now() - x.timeStamp); }, true);");
        // Where the machine is busy too, a key may find the page between two works: then they are pressed again.
        for (var heard = 8; heard <= 80; heard += 8)
        {
            foreach (var key in new[] { "KeyA", "KeyE", "KeyD", "KeyT" }) await stage.Page.Keyboard.PressAsync(key, new() { Delay = 25 });
            await stage.Session.UntilAsync(() => stage.Session.Heard.Count == heard);
            if (await LateAsync() > 20) break;
        }

        Assert.True(await LateAsync() > 20, "The page was not late, so nothing was tested.");
        await AssertTimedAsPlayedAsync(stage);

        Task<double> LateAsync() => stage.Page.EvaluateAsync<double>("late");
    }

    // The page's clock by itself: in the middle of a phrase it learns that it was 20 ms off.
    [Fact]
    public async Task Better_knowledge_of_the_clock_comes_slowly_into_a_phrase_and_at_once_after_a_rest()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        var stamps = await stage.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const { HostClock } = await import('/link/clock.js');
              const clock = new HostClock();
              clock.reset(5000, 0);
              const stamps = [clock.toHost(1000)];
              clock.learn({ at: 1001, heard: 6021.5, said: 6021.5 }, 1002);
              stamps.push(clock.toHost(1100), clock.toHost(2000), clock.toHost(1500), clock.toHost(4500));
              return stamps;
            }
            """);
        // Half a millisecond a second; a key that is stamped late takes no step back; after two and a half seconds of rest all of it.
        foreach (var (expected, stamp) in new[] { 6000, 6100.05, 7000.5, 6500.5, 9519.5 }.Zip(stamps)) Assert.Equal(expected, stamp, .002);
    }

    // The host is 5,000 ms ahead. One ping is slow on its way there, one on its way back, as happens on a busy machine: each alone would be 10 ms wrong.
    [Fact]
    public async Task The_page_s_clock_takes_the_narrowest_bounds_of_several_pings_and_stamps_no_key_in_the_future()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        var (key, fromHost) = (await stage.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const { HostClock } = await import('/link/clock.js');
              const clock = new HostClock();
              clock.reset(5000, 30);
              clock.learn({ at: 100, heard: 5120.5, said: 5120.5 }, 121);
              clock.learn({ at: 130, heard: 5130.5, said: 5130.5 }, 150.5);
              return [clock.toHost(200), clock.toPage(5200)];
            }
            """)) is [var a, var b] ? (a, b) : default;
        Assert.InRange(key, 5199.49, 5199.51);
        Assert.InRange(fromHost, 199.99, 200.01);
    }

    [Fact]
    public async Task An_answer_is_seen_and_heard_and_ends()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.Keyboard.PressAsync("KeyA", new() { Delay = 30 });
        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        Assert.Equal(0, await CountPixelsAsync(stage.Page, partner: true));

        stage.Server.Publish(new StageState { Turn = StageTurn.Answering, Plan = "One bar, ending on C", Tempo = Tempo.FromBpm(120), BarLine = stage.Session.Now, Key = "C major", PhrasesHeard = 1, NotesLearned = 1, Preset = "plain", Consensus = .61 });
        var now = stage.Session.Now;
        for (var i = 0; i < 4; i++) stage.Answer(now, 72 - i, 1 + i * .4, 1.35 + i * .4);
        await stage.UntilAsync("document.documentElement.dataset.turn === 'answering'");
        await stage.UntilHeardAsync("partner");
        await stage.UntilAsync("document.querySelector('.key[data-part=partner]')");
        Assert.Equal("The partner answers", await stage.Page.InnerTextAsync("#turn"));
        Assert.Equal("One bar, ending on C", await stage.Page.InnerTextAsync("#plan"));
        Assert.Equal("61 %", await stage.Page.InnerTextAsync("#consensus"));
        Assert.Equal("C5 B4 A♯4 A4", await stage.Page.InnerTextAsync("#answer"));
        Assert.InRange(await CountPixelsAsync(stage.Page, partner: true), 200, int.MaxValue);
        Assert.InRange(await CountPixelsAsync(stage.Page, partner: false), 50, int.MaxValue);

        await stage.UntilSilentAsync("partner");
        await stage.UntilAsync("!document.querySelector('.key[data-part=partner]')");
        Assert.Empty(stage.Complaints);
    }

    [Fact]
    public async Task Answers_sound_at_their_own_time_however_unevenly_they_arrive()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            window.starts = [];
            const start = OscillatorNode.prototype.start;
            OscillatorNode.prototype.start = function (when) { if (this.type === 'custom') starts.push(when); return start.call(this, when); };
            """);
        await using var stage = await OpenStage.OpenAsync(page);
        await page.Keyboard.PressAsync("KeyA");
        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        // One note first: from it on the page knows the way between the clocks.
        stage.Answer(stage.Session.Now, 60, .05, .06);
        await stage.UntilAsync("starts.length === 1");
        await stage.UntilSilentAsync("performer");

        var now = stage.Session.Now;
        for (var i = 0; i < 8; i++)
        {
            // Far enough ahead that none is late on a busy machine.
            stage.Answer(now, 60 + i, 1.5 + i * .1, 1.55 + i * .1);
            await stage.UntilAsync($"starts.length === {i + 2}");
        }

        var starts = await page.EvaluateAsync<double[]>("starts.slice(1)");
        for (var i = 1; i < 8; i++) Assert.Equal(.1, starts[i] - starts[i - 1], 0.004);
    }

    [Fact]
    public async Task A_note_called_back_before_its_time_never_sounds()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.Keyboard.PressAsync("KeyA");
        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        await stage.Page.EvaluateAsync("() => { window.loudest = 0; const meter = document.querySelector('.channel.partner .meter'); new MutationObserver(() => { loudest = Math.max(loudest, meter.ariaValueNow); }).observe(meter, { attributes: true }); }");

        var now = stage.Session.Now;
        stage.Server.Broadcast(new StageNote(now.PlusSeconds(.3), StagePart.Partner, ShortMessage.NoteOn(0, 72, 120)));
        stage.Server.Broadcast(new StageNote(now.PlusSeconds(.2), StagePart.Partner, ShortMessage.NoteOff(0, 72)));
        stage.Server.Broadcast(new StageNote(now.PlusSeconds(.3), StagePart.Partner, ShortMessage.NoteOn(0, 74, 120)));
        stage.Server.Broadcast(new StageNote(now, StagePart.Partner, ShortMessage.Control(0, 123, 0)));
        // What comes through afterwards shows that the time of the others is over.
        stage.Server.Broadcast(new StageNote(now.PlusSeconds(.6), StagePart.Performer, ShortMessage.NoteOn(0, 50, 120)));
        await stage.UntilAsync("document.querySelector('#call').textContent.includes('D3')");
        await stage.UntilHeardAsync("performer");
        Assert.Equal(0, await stage.Page.EvaluateAsync<double>("loudest"));
        Assert.Equal(0, await CountPixelsAsync(stage.Page, partner: true));
    }

    [Theory]
    [InlineData("Escape")]
    [InlineData("button")]
    public async Task Panic_silences_both_parts_and_reaches_the_session(string way)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.Keyboard.DownAsync("KeyA");
        await stage.UntilHeardAsync("performer");
        // A note that nobody ends.
        stage.Server.Broadcast(new StageNote(stage.Session.Now.PlusSeconds(1), StagePart.Partner, ShortMessage.NoteOn(0, 67, 110)));
        await stage.UntilHeardAsync("partner");
        if (way == "Escape") await stage.Page.Keyboard.PressAsync("Escape");
        else await stage.Page.ClickAsync("#panic");
        await stage.Session.UntilAsync(() => stage.Session.Panics == 1);

        Assert.Equal([ShortMessage.NoteOn(0, 60, 88), ShortMessage.NoteOff(0, 60)], stage.Session.Heard.Select(m => m.Message));
        await stage.UntilSilentAsync("performer");
        await stage.UntilSilentAsync("partner");
        await stage.UntilAsync("!document.querySelector('.key[data-part=partner], .key[data-part=performer]')");
    }

    [Fact]
    public async Task No_key_stays_down_when_the_page_loses_the_keyboard()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.Keyboard.DownAsync("KeyA");
        await stage.Page.Keyboard.DownAsync("KeyA");
        await stage.Page.Keyboard.DownAsync("KeyD");
        await stage.Page.EvaluateAsync("dispatchEvent(new Event('blur'))");
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count >= 4);
        Assert.Equal([60, 64, -60, -64], Signed(stage.Session));
    }

    [Fact]
    public async Task The_octave_moves_and_a_held_key_still_ends_its_own_note()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.Keyboard.DownAsync("KeyA");
        await stage.Page.Keyboard.PressAsync("KeyX");
        await stage.Page.Keyboard.UpAsync("KeyA");
        await stage.Page.Keyboard.PressAsync("KeyW");
        await stage.Page.ClickAsync("#octave-down");
        await stage.Page.ClickAsync("#octave-down");
        for (var i = 0; i < 3; i++) await stage.Page.Keyboard.PressAsync("KeyV");
        await stage.Page.Keyboard.PressAsync("Quote");
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 6);
        Assert.Equal([60, -60, 73, -73, 65, -65], Signed(stage.Session));
        Assert.Equal(112, stage.Session.Heard[4].Message.Data2);
        Assert.Equal("C3", await stage.Page.InnerTextAsync("#octave"));
    }

    [Fact]
    public async Task The_mouse_plays_louder_towards_the_edge_and_slides_from_key_to_key()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        var keys = await stage.Page.QuerySelectorAllAsync(".key.white");
        var first = (await keys[0].BoundingBoxAsync())!;
        var second = (await keys[1].BoundingBoxAsync())!;
        await stage.Page.Mouse.MoveAsync(first.X + 8, first.Y + first.Height - 3);
        await stage.Page.Mouse.DownAsync();
        await stage.Page.Mouse.MoveAsync(second.X + second.Width / 2, second.Y + second.Height * .7f, new() { Steps = 12 });
        await stage.Page.Mouse.UpAsync();
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 4 && stage.Session.Heard[^1].Message.IsNoteOff);

        Assert.Equal([60, -60, 62, -62], Signed(stage.Session));
        Assert.InRange(stage.Session.Heard[0].Message.Data2, 112, 120);
        Assert.InRange(stage.Session.Heard[2].Message.Data2, 90, 112);
    }

    [Fact]
    public async Task Two_fingers_play_two_notes()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync(390, 800, touch: true));
        var keys = await stage.Page.QuerySelectorAllAsync(".key.white");
        var points = new List<object>();
        foreach (var (key, id) in new[] { (keys[0], 1), (keys[4], 2) })
        {
            var box = (await key.BoundingBoxAsync())!;
            points.Add(new { x = box.X + box.Width / 2, y = box.Y + box.Height * .8, id });
        }

        var touches = await stage.Page.Context.NewCDPSessionAsync(stage.Page);
        await TouchAsync("touchStart", [points[0]]);
        await TouchAsync("touchStart", [points[0], points[1]]);
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 2);
        await stage.UntilHeardAsync("performer");
        await TouchAsync("touchEnd", [points[1]]);
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 3);
        Assert.Equal([60, 67, -67], Signed(stage.Session));
        await TouchAsync("touchEnd", []);
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 4);
        Assert.Equal([60, 67, -67, -60], Signed(stage.Session));

        Task TouchAsync(string type, object[] touchPoints) =>
            touches.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object> { ["type"] = type, ["touchPoints"] = touchPoints });
    }

    [Fact]
    public async Task The_page_comes_back_by_itself_when_the_host_does()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.Keyboard.PressAsync("KeyA");
        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        stage.Server.Broadcast(new StageNote(stage.Session.Now.PlusSeconds(1), StagePart.Partner, ShortMessage.NoteOn(0, 67, 110)));
        await stage.UntilHeardAsync("partner");

        await stage.StopServerAsync();
        await stage.UntilAsync("document.documentElement.dataset.link === 'away'");
        Assert.Equal("Waiting for the host", await stage.Page.InnerTextAsync("#turn"));
        await stage.UntilSilentAsync("partner");
        await stage.Page.Keyboard.DownAsync("KeyD");
        await stage.UntilHeardAsync("performer");
        await stage.Page.Keyboard.UpAsync("KeyD");

        await stage.RestartServerAsync();
        stage.Server.Publish(new StageState { Turn = StageTurn.Listening, Plan = "Ready again", JackClient = "other" });
        await stage.ConnectedAsync();
        await stage.UntilAsync("document.querySelector('#link').textContent === 'Connected, JACK client other'");
        Assert.Equal("Listening to you", await stage.Page.InnerTextAsync("#turn"));
        Assert.Equal("Ready again", await stage.Page.InnerTextAsync("#plan"));
        await stage.Page.Keyboard.PressAsync("KeyF");
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 4);
        Assert.Equal([60, -60, 65, -65], Signed(stage.Session));
        Assert.InRange(stage.Session.Now.SecondsSince(stage.Session.Heard[2].At), 0, 20);
    }

    [Fact]
    public async Task Mute_and_volume_hold_after_a_reload()
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        await stage.Page.ClickAsync(".channel.performer button");
        await stage.Page.ReloadAsync();
        await stage.ConnectedAsync();
        Assert.Equal("true", await stage.Page.GetAttributeAsync(".channel.performer button", "aria-pressed"));
        await stage.Page.Keyboard.DownAsync("KeyA");
        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        stage.Answer(stage.Session.Now, 67, 1, 1.5);
        await stage.UntilHeardAsync("partner");
        Assert.Equal("0", await stage.Page.GetAttributeAsync(".channel.performer .meter", "aria-valuenow"));
    }

    [Fact]
    public async Task A_page_without_sound_still_plays_for_the_host()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync("window.AudioContext = class { constructor() { throw new Error('no device'); } };");
        await using var stage = await OpenStage.OpenAsync(page);
        await page.Keyboard.PressAsync("KeyA");
        await stage.Session.UntilAsync(() => stage.Session.Heard.Count == 2);
        stage.Answer(stage.Session.Now, 67, 0, .5);
        await stage.UntilAsync("document.querySelector('#answer').textContent === 'G4'");
        Assert.Contains("no sound", await page.InnerTextAsync("#sound"));
        Assert.Empty(stage.Complaints);
    }

    private static IEnumerable<int> Signed(LiveSession session) => session.Heard.Select(m => m.Message.IsNoteOn ? m.Message.Data1 : -m.Message.Data1);

    /// <summary>What the session heard has the distances that the browser gave the keys.</summary>
    private static async Task AssertTimedAsPlayedAsync(OpenStage stage)
    {
        var played = await stage.Page.EvaluateAsync<double[]>("times");
        var heard = stage.Session.Heard.Select(m => m.At.SecondsSince(stage.Session.Heard[0].At) * 1000).ToArray();
        Assert.Equal(played.Length, heard.Length);
        // Better knowledge of the host's clock moves a phrase by half a millisecond a second at most; the browser's own stamps are .1 ms apart.
        var apart = heard.Select((at, i) => at - (played[i] - played[0])).ToArray();
        Assert.True(apart.All(a => Math.Abs(a) <= 1.5), $"Milliseconds between played and heard, key by key: {string.Join(" ", apart.Select(a => $"{a:0.0}"))}.");
    }

    private static async Task<int> CountPixelsAsync(IPage page, bool partner) => await page.EvaluateAsync<int>(
        """
        partner => new Promise(done => requestAnimationFrame(() => {
          const canvas = document.querySelector('#roll');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let count = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 120 && (partner ? data[i + 2] > data[i] + 60 : data[i] > data[i + 2] + 60)) count++;
          done(count);
        }))
        """,
        partner);
}
