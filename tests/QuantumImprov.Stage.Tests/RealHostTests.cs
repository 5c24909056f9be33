using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Files;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>The built program behind the page, on a machine without JACK: what a new user does first.</summary>
public sealed class RealHostTests(Browser browser)
{
    [Fact]
    public async Task A_phrase_on_the_page_is_answered_by_the_program_seen_heard_and_recorded()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        var page = await browser.NewPageAsync();
        var breaches = Contract.Watch(page);
        using var scratch = new Scratch();
        using var run = ProgramRun.Start(scratch, "play", "--no-open", "--stage-port", "0", "--seed", "3", "--tempo", "150", "--record", scratch["takes"]);
        var url = Regex.Match(run.WaitForLine("Play here:"), @"http://127\.0\.0\.1:\d+").Value;
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        await page.GotoAsync(url);
        await UntilAsync("document.documentElement.dataset.link === 'here'");

        foreach (var key in new[] { "KeyA", "KeyD", "KeyG", "KeyD" }) await page.Keyboard.PressAsync(key, new() { Delay = 300 });
        await UntilAsync("document.querySelector('#call').textContent === 'C4 E4 G4 E4'");
        await UntilAsync("document.documentElement.dataset.turn === 'answering'");
        await UntilAsync("document.querySelector('.key[data-part=partner]')");
        await UntilAsync("document.querySelector('.channel.partner .meter').ariaValueNow > 30");
        await UntilAsync("document.documentElement.dataset.turn !== 'answering' && !document.querySelector('.key[data-part=partner]')");
        await UntilAsync("document.querySelector('.channel.partner .meter').ariaValueNow == 0");
        var answer = (await page.InnerTextAsync("#answer")).Replace('\u266f', '#');
        Assert.NotEmpty(answer);
        Assert.Empty(complaints);

        // Played into again, it stops, and answers again.
        await page.Keyboard.PressAsync("KeyF", new() { Delay = 300 });
        await UntilAsync("document.documentElement.dataset.turn === 'answering'");
        await UntilAsync("document.querySelector('.key[data-part=partner]')");
        await page.Keyboard.DownAsync("KeyA");
        await UntilAsync("document.documentElement.dataset.turn === 'listening' && !document.querySelector('.key[data-part=partner]')");
        await page.Keyboard.UpAsync("KeyA");

        run.Signal(ProgramRun.Terminate);
        var outcome = run.End();
        Assert.Equal((0, ""), (outcome.Code, outcome.Error));
        await UntilAsync("document.documentElement.dataset.link === 'away'");
        Assert.Empty(breaches);
        var read = MidiFiles.Read(Regex.Match(outcome.Output, @"Recorded: (\S+\.mid)\.").Groups[1].Value);
        Assert.True(read.IsRead, read.Refusal);
        var recording = read.File.ToPerformance();
        Assert.Equal([60, 64, 67, 64, 65, 60], Notes(0));
        Assert.Equal(answer, string.Join(' ', Notes(1).Take(answer.Split(' ').Length).Select(pitch => new Pitch(pitch).ToString())));

        Task<IJSHandle> UntilAsync(string condition) => page.WaitForFunctionAsync($"() => {condition}");

        IEnumerable<int> Notes(int track) => recording.Messages.Where(m => m.Track == track && m.Message.IsNoteOn).Select(m => (int)m.Message.Data1);
    }
}
