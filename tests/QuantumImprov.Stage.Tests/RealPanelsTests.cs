using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuantumImprov.Midi.Files;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>The panels of the built program that need a session behind them: recordings, health, concert, and the page of another machine.</summary>
public sealed class RealPanelsTests(Browser browser)
{
    [Fact]
    public async Task A_session_is_played_through_https_with_shots_and_afterwards_heard_again_and_taken_away()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        var page = await browser.NewPageAsync(secure: true);
        var breaches = Contract.Watch(page);
        using var scratch = new Scratch();
        string[] flags = ["play", "--no-open", "--stage-port", "0", "--seed", "3", "--tempo", "150", "--record", scratch["takes"], "--listen", "127.0.0.1"];
        using (var run = ProgramRun.Start(scratch, [.. flags, "--backend", "noisy:cz-transmons"]))
        {
            await OpenAsync(page, run);
            Assert.True(await page.EvaluateAsync<bool>("isSecureContext"));
            await page.ClickAsync("#tab-concert");
            foreach (var key in new[] { "KeyA", "KeyD", "KeyG", "KeyD" }) await page.Keyboard.PressAsync(key, new() { Delay = 300 });
            await UntilAsync("document.documentElement.dataset.turn === 'answering'");
            await UntilAsync("document.querySelector('#concert-facts dd')?.textContent.endsWith('%')");
            await UntilAsync("document.querySelectorAll('#concert-levels .stock').length > 0");
            await PictureAsync("concert");
            await page.ClickAsync("#tab-health");
            await UntilAsync("document.querySelectorAll('#health-plots .bar').length > 20 && document.querySelector('#health-say').textContent.startsWith('All is well')");
            await PictureAsync("health");
            await page.ClickAsync("#tab-phrases");
            await UntilAsync("document.querySelectorAll('#graph .move').length === 3");
            await UntilAsync("document.querySelectorAll('#graph .spread').length > 0");
            await PictureAsync("phrases");
            run.Signal(ProgramRun.Terminate);
            var outcome = run.End();
            Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        }

        using (var run = ProgramRun.Start(scratch, flags))
        {
            await OpenAsync(page, run);
            Assert.False(await page.IsVisibleAsync("#tab-concert"));
            await page.ClickAsync("#tab-recordings");
            await UntilAsync("document.querySelectorAll('#recordings li').length === 1");
            await PictureAsync("recordings");
            await page.ClickAsync("#recordings button");
            await UntilAsync("document.querySelector('.channel.partner .meter').ariaValueNow > 30");
            await page.ClickAsync("#recordings button");
            await UntilAsync("document.querySelector('.channel.partner .meter').ariaValueNow == 0");
            // A device has chosen its notes: the journal has the shots. On a machine that did not keep up a note went out late, which is told and is no fault of the replay.
            await page.FocusAsync("#recordings button:text-is('Replay')");
            await page.Keyboard.PressAsync("Enter");
            await UntilAsync("/^(Identical: .* of them chosen by shots of noisy:cz-transmons|The same notes, but )/.test(document.querySelector('#recordings .verdict').textContent)");
            foreach (var (kind, opens) in new[] { ("MIDI", "MThd"), ("WAV", "RIFF") })
            {
                var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync($"#recordings a:text-is('{kind}')"));
                await download.SaveAsAsync(scratch[kind]);
                var bytes = await File.ReadAllBytesAsync(scratch[kind], TestContext.Current.CancellationToken);
                Assert.Equal(opens, System.Text.Encoding.ASCII.GetString(bytes, 0, 4));
            }

            var taken = MidiFiles.Read(scratch["MIDI"]).File!.ToPerformance();
            Assert.Equal([60, 64, 67, 64], taken.Messages.Where(m => m.Track == 0 && m.Message.IsNoteOn).Select(m => (int)m.Message.Data1));
            // What is heard again is not learned.
            Assert.Equal("0", await page.InnerTextAsync("#phrases"));
            Assert.Empty(breaches);
        }

        Task UntilAsync(string condition) => page.WaitForFunctionAsync($"() => {condition}");

        Task PictureAsync(string name) => page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"real-1280-{name}.png") });
    }

    [Fact]
    public async Task A_page_without_the_token_sees_one_sentence()
    {
        var page = await browser.NewPageAsync(secure: true);
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-open", "--stage-port", "0", "--listen", "127.0.0.1");
        var address = Far(run).Split('?')[0];
        var answer = await page.GotoAsync(address);
        Assert.Equal(403, answer!.Status);
        Assert.StartsWith("The token is missing", await page.InnerTextAsync("body"));
        Assert.Equal("refused", await page.EvaluateAsync<string>("() => new Promise(done => { const s = new WebSocket(location.origin.replace('https', 'wss') + '/live'); s.onopen = () => done('open'); s.onerror = () => done('refused'); })"));
    }

    private static async Task OpenAsync(IPage page, ProgramRun run)
    {
        await page.GotoAsync(Far(run));
        Assert.DoesNotContain("token", page.Url);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.link === 'here'");
        await page.Keyboard.PressAsync("Escape");
    }

    private static string Far(ProgramRun run) => Regex.Match(run.WaitForLine("From other machines:"), @"https://127\.0\.0\.1:\d+/\?token=[\w-]+").Value;
}
