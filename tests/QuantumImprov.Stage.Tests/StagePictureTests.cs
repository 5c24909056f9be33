using System.Diagnostics;
using System.Text.RegularExpressions;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>The moving picture of the README, taken of the real program. With QUANTUMIMPROV_WRITE_PICTURE=1 it is taken again.</summary>
public sealed class StagePictureTests(Browser browser)
{
    private const int Between = 550;

    private static string Place => Path.Combine(Repository.Folder("docs"), "pictures", "stage.png");

    [Fact]
    public async Task The_picture_of_the_README_moves_and_is_small()
    {
        if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_WRITE_PICTURE") == "1") await TakeAsync();
        var picture = await File.ReadAllBytesAsync(Place, TestContext.Current.CancellationToken);
        Assert.InRange(picture.Length, 100_000, 2_000_000);
        Assert.InRange(AnimatedPng.Count(picture), 15, 100);
        Assert.Contains("docs/pictures/stage.png", await File.ReadAllTextAsync(Repository.Folder("README.md"), TestContext.Current.CancellationToken));
    }

    private async Task TakeAsync()
    {
        var page = await browser.NewPageAsync(960, 700);
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-open", "--stage-port", "0", "--seed", "5", "--tempo", "132", "--record", scratch["takes"]);
        await page.GotoAsync(Regex.Match(run.WaitForLine("Play here:"), @"http://127\.0\.0\.1:\d+").Value);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.link === 'here'");
        var began = Stopwatch.StartNew();
        var taken = new List<(byte[] Png, double At)>();
        var playing = PlayAsync();
        while (!playing.IsCompleted)
        {
            var at = began.Elapsed.TotalMilliseconds;
            taken.Add((await page.ScreenshotAsync(), at));
            if (began.Elapsed.TotalMilliseconds - at is var took and < Between) await page.WaitForTimeoutAsync((float)(Between - took));
        }

        await playing;
        await File.WriteAllBytesAsync(Place, AnimatedPng.Of([.. taken.Select((t, i) => (t.Png, i + 1 < taken.Count ? (int)(taken[i + 1].At - t.At) : 1500))]));

        async Task PlayAsync()
        {
            await page.WaitForTimeoutAsync(300);
            foreach (var (key, length) in new[] { ("KeyA", 400), ("KeyD", 200), ("KeyF", 200), ("KeyG", 600), ("KeyF", 200), ("KeyD", 200), ("KeyS", 700) }) await page.Keyboard.PressAsync(key, new() { Delay = length });
            await page.WaitForFunctionAsync("() => document.documentElement.dataset.turn === 'answering'");
            await page.WaitForTimeoutAsync(900);
            await page.ClickAsync("#tab-circuit");
            await page.WaitForFunctionAsync("() => document.documentElement.dataset.turn !== 'answering'");
            // Back to where more was open than at the end.
            for (var open = 0; open < 4 && await page.Locator("#older").IsEnabledAsync();)
            {
                await page.ClickAsync("#older");
                await page.WaitForTimeoutAsync(200);
                open = await page.Locator("#laws .bar").CountAsync();
            }

            await page.WaitForTimeoutAsync(700);
            await page.EvaluateAsync("() => document.getElementById('laws').scrollIntoView()");
            await page.WaitForTimeoutAsync(1300);
            await page.ClickAsync("#tab-phrases");
            await page.WaitForTimeoutAsync(600);
            await page.ClickAsync("#thumbnails button");
            await page.WaitForFunctionAsync("() => document.querySelector('#thumbnails [aria-pressed=true]')");
            await page.WaitForTimeoutAsync(600);
        }
    }
}
