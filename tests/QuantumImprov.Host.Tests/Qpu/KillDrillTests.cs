using System.Text.Json;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Qpu;

/// <summary>The program is killed with jobs open, and started again: it harvests what was sent, spends nothing twice and loses no shot.</summary>
public sealed class KillDrillTests
{
    private static readonly string[] Fill = ["qpu", "fill", "--backend", "ibm", "--target", "20s", "--budget", "500", "--json"];

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static JsonElement Run(Scratch scratch, FakeCloud cloud, params string[] arguments)
    {
        using var run = ProgramRun.StartWith(cloud.Variables, scratch, arguments);
        var outcome = run.End();
        Assert.True(outcome.Code == 0, $"{outcome.Code}: {outcome.Output}{outcome.Error}");
        return Json(outcome.Output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_kill_with_open_jobs_the_next_start_harvests_them(bool answerLost)
    {
        await using var cloud = await FakeCloud.StartAsync(new FakeCloudOptions { Latency = FakeLatency.Fixed(TimeSpan.FromSeconds(3)), JobsAMinute = 0 });
        using var scratch = new Scratch();
        if (answerLost) cloud.Script(new FakeFault(FaultKind.ResetAfter, 1, "POST", "/jobs"));
        using (var first = ProgramRun.StartWith(cloud.Variables, scratch, Fill))
        {
            Wait.Until(() => cloud.Jobs.Count > 0 || !first.IsRunning, () => "a job: " + first.Error);
            first.Signal(ProgramRun.KillNow);
            first.End();
        }

        var sent = cloud.Jobs.ToList();
        Assert.NotEmpty(sent);
        var second = Run(scratch, cloud, Fill);
        Assert.True(second.GetProperty("harvested").GetInt32() >= 1);
        // Every job that was sent is in the ledger once, with an end; nothing is there twice.
        var ledger = Run(scratch, cloud, "qpu", "jobs", "--json");
        Assert.Equal(0, ledger.GetProperty("open").GetInt32());
        var jobs = ledger.GetProperty("jobs").EnumerateArray().Where(j => j.GetProperty("outcome").GetString() == "done").ToList();
        Assert.Equal(cloud.Jobs.Select(j => j.Id).Order(), jobs.Select(j => j.GetProperty("job").GetString()!).Order());
        Assert.Equal(cloud.Jobs.Count, cloud.Jobs.Select(j => j.Tag).Distinct().Count());
        // Every shot of every job is in stock or was used to measure a law.
        var shots = cloud.Jobs.Sum(j => j.Executions);
        var stock = Run(scratch, cloud, "qpu", "bank", "--json").GetProperty("shots").GetInt64();
        Assert.InRange(stock, shots - (64 * 400), shots);
        Assert.Equal(shots, jobs.Sum(j => j.GetProperty("circuits").GetInt64() * j.GetProperty("shots").GetInt64()));
    }

    [Fact]
    public async Task On_a_polite_end_open_jobs_are_called_off_within_five_seconds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix's.");
        await using var cloud = await FakeCloud.StartAsync(new FakeCloudOptions { Latency = FakeLatency.Never, JobsAMinute = 0 });
        using var scratch = new Scratch();
        using var run = ProgramRun.StartWith(cloud.Variables, scratch, Fill);
        Wait.Until(() => cloud.Jobs.Count > 0, () => "a job: " + run.Error);
        run.Signal(ProgramRun.Terminate);
        run.End();
        Assert.All(cloud.Jobs, j => Assert.True(j.IsCancelled));
        Assert.Equal(0, Run(scratch, cloud, "qpu", "jobs", "--json").GetProperty("open").GetInt32());
    }

    [Fact]
    public async Task A_session_that_is_killed_while_it_plays_from_the_bank_uses_no_shot_twice()
    {
        await using var cloud = await FakeCloud.StartAsync(new FakeCloudOptions { JobsAMinute = 0 });
        using var scratch = new Scratch();
        Run(scratch, cloud, Fill);
        long Stock() => Run(scratch, cloud, "qpu", "bank", "--json").GetProperty("shots").GetInt64();
        var before = Stock();
        Assert.True(before > 1_000);
        using (var play = ProgramRun.StartWith(cloud.Variables, scratch, ["play", "--backend", "ibm", "--no-open", "--stage-port", "0", "--for", "30"]))
        {
            play.WaitForLine("in stock");
            play.Signal(ProgramRun.KillNow);
            play.End();
        }

        // Nobody played, so nothing was used; and what is there can be used again by the next session.
        Assert.Equal(before, Stock());
    }
}
