using System.Globalization;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>What leaves the page as sound: how loud at most, and in buffers of which length.</summary>
public sealed class StageSoundTests(Browser browser)
{
    [Fact]
    public async Task However_many_notes_are_struck_the_sound_stays_below_full_scale()
    {
        var page = await browser.NewPageAsync();
        await page.AddInitScriptAsync(
            """
            window.peak = 0;
            const connect = AudioNode.prototype.connect;
            AudioNode.prototype.connect = function (to, ...all) {
              if (to instanceof AudioDestinationNode) {
                const end = new AnalyserNode(this.context, { fftSize: 2048 }), samples = new Float32Array(2048);
                connect.call(this, end);
                setInterval(() => { end.getFloatTimeDomainData(samples); for (const s of samples) peak = Math.max(peak, Math.abs(s)); }, 10);
              }
              return connect.call(this, to, ...all);
            };
            """);
        await using var stage = await OpenStage.OpenAsync(page);
        await page.Keyboard.PressAsync("KeyA");
        await stage.UntilAsync("document.documentElement.dataset.sound === 'on'");
        await stage.UntilSilentAsync("performer");
        await page.EvaluateAsync("peak = 0");
        var now = stage.Session.Now;
        // A single note is far from the bend.
        stage.Answer(now, 60, .2, .5);
        await stage.UntilHeardAsync("partner");
        await stage.UntilSilentAsync("partner");
        Assert.InRange(await page.EvaluateAsync<double>("peak"), .05, .4);

        now = stage.Session.Now;
        for (var i = 0; i < 12; i++)
        {
            stage.Server.Broadcast(new StageNote(now.PlusSeconds(.3), StagePart.Performer, ShortMessage.NoteOn(0, 36 + (i * 4), 127)));
            stage.Server.Broadcast(new StageNote(now.PlusSeconds(.3), StagePart.Partner, ShortMessage.NoteOn(0, 48 + (i * 4), 127)));
        }

        await stage.UntilAsync("peak > .9");
        stage.Server.Broadcast(new StageNote(now.PlusSeconds(1), StagePart.Performer, ShortMessage.Control(0, 123, 0)));
        stage.Server.Broadcast(new StageNote(now.PlusSeconds(1), StagePart.Partner, ShortMessage.Control(0, 123, 0)));
        await stage.UntilSilentAsync("performer");
        await stage.UntilSilentAsync("partner");
        Assert.InRange(await page.EvaluateAsync<double>("peak"), .9, .99999);
    }

    [Fact]
    public async Task Where_short_buffers_are_lost_the_sound_goes_on_in_longer_ones()
    {
        var page = await browser.NewPageAsync();
        // A context's clock stands still for each buffer that came too late: here for one every 1.2 s.
        await page.AddInitScriptAsync(
            """
            window.hints = []; window.behind = 0;
            const Made = window.AudioContext, real = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'currentTime').get;
            window.AudioContext = class extends Made { constructor(options) { super(options); hints.push(options.latencyHint); } };
            Object.defineProperty(BaseAudioContext.prototype, 'currentTime', { get() { return real.call(this) - behind; } });
            window.losing = setInterval(() => { behind += .003; }, 1200);
            """);
        await using var stage = await OpenStage.OpenAsync(page);
        await page.Keyboard.PressAsync("KeyA");
        await stage.UntilAsync("document.querySelector('#sound').textContent.includes('lost short buffers')");
        Assert.Equal(["0", "interactive"], await page.EvaluateAsync<string[]>("hints.map(h => `${h}`)"));
        await page.EvaluateAsync("() => { clearInterval(losing); behind = 0; }");
        await page.Keyboard.DownAsync("KeyH");
        await stage.UntilHeardAsync("performer");
        await page.Keyboard.UpAsync("KeyH");
        await stage.UntilSilentAsync("performer");
        Assert.Empty(stage.Complaints);
    }

    [Theory]
    [InlineData(.003, 1, 3, "longer")]
    [InlineData(.003, 1, 2, "short")]
    // Not often enough within half a minute.
    [InlineData(.003, 16, 4, "short")]
    // Less than a buffer: two clocks that drift, or readings that came late.
    [InlineData(.001, 1, 30, "short")]
    // The machine slept, or the sound went to another device.
    [InlineData(.7, 1, 4, "short")]
    public async Task Only_buffers_lost_again_and_again_make_them_longer(double lost, int every, int times, string buffers)
    {
        await using var stage = await OpenStage.OpenAsync(await browser.NewPageAsync());
        // Sixty readings a second, of a clock that goes in blocks of 128 frames.
        var found = await stage.Page.EvaluateAsync<string>(
            $$"""
            async () => {
              const { Buffers } = await import('/sound/buffers.js'), buffers = new Buffers();
              let behind = 0, times = 0;
              for (let i = 0; i < 90 * 60; i++) {
                const now = i / 60;
                if (times < {{times}} && now > 2.5 + times * {{every}}) { behind += {{lost.ToString(CultureInfo.InvariantCulture)}}; times++; }
                if (buffers.read(Math.floor((now - behind) * 344.53) / 344.53 - now, now * 1000)) return 'longer';
              }
              return buffers.short ? 'short' : 'longer unsaid';
            }
            """);
        Assert.Equal(buffers, found);
    }
}
