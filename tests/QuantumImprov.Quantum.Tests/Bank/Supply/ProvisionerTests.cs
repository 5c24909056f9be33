using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank.Supply;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank.Supply;

public sealed class ProvisionerTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_bank_is_filled_to_last_as_long_as_slow_jobs_take_and_then_left_alone()
    {
        var cloud = new CloudOnVirtualTime(1_000);
        cloud.Run(3 * Minute);
        Assert.All(cloud.Classes, c => Assert.InRange(c.Level, .8 * Refill.Wanted(10, 60), 3 * Refill.Wanted(10, 110)));
        var jobs = cloud.Money.Jobs;
        Assert.InRange(jobs, 1, 6);
        cloud.Run(10 * Minute);
        Assert.Equal(jobs, cloud.Money.Jobs);
        // Asked every few seconds, a job of 12 s is seen to be done a little later.
        Assert.InRange(cloud.Provisioner.Latency.Median.TotalSeconds, 12, 15);
    }

    [Fact]
    public void No_more_jobs_are_sent_a_minute_than_the_vendor_takes()
    {
        var cloud = new CloudOnVirtualTime(100_000, CloudOnVirtualTime.Device with { MostCircuits = 1, JobsOpen = 50 }, new SupplyOptions { TagPrefix = "run", JobsOpen = 50 });
        cloud.Rate = 1_000;
        cloud.Run(6 * Minute);
        var sent = cloud.Asked.Where(a => a.Step == JobStep.Submit).Select(a => a.At).ToList();
        Assert.True(sent.Count >= 20);
        for (var i = 5; i < sent.Count; i++) Assert.True(sent[i] - sent[i - 5] >= Minute);
    }

    [Fact]
    public void Nothing_is_sent_that_the_budget_does_not_reach()
    {
        var cloud = new CloudOnVirtualTime(0);
        cloud.Run(5 * Minute);
        Assert.Empty(cloud.Asked);
        cloud = new CloudOnVirtualTime(6);
        cloud.Run(20 * Minute);
        Assert.True(cloud.Money.Jobs >= 1);
        Assert.InRange(cloud.Money.Spent + cloud.Money.Reserved, 1.1m, 6m);
        Assert.Contains(cloud.Classes, c => c.Level > 0);
    }

    [Fact]
    public void A_device_that_costs_nothing_needs_no_budget()
    {
        var cloud = new CloudOnVirtualTime(0, CloudOnVirtualTime.Device with { Pricing = new Pricing() });
        cloud.Run(2 * Minute);
        Assert.All(cloud.Classes, c => Assert.True(c.Level > 0));
    }

    [Fact]
    public void A_job_whose_acceptance_was_not_heard_is_found_by_its_tag_and_not_sent_twice()
    {
        var cloud = new CloudOnVirtualTime(1_000);
        var lost = 0;
        cloud.Fault = job =>
        {
            if (job.Step != JobStep.Submit || lost++ > 0) return null;
            cloud.TakeSilently(job);
            return new Late();
        };
        cloud.Run(3 * Minute);
        Assert.Contains(cloud.Asked, a => a.Step == JobStep.Find);
        Assert.Equal(cloud.Taken.Count, cloud.Money.Jobs);
        Assert.Equal(cloud.Taken.Count, cloud.Asked.Count(a => a.Step == JobStep.Results));
        Assert.All(cloud.Classes, c => Assert.True(c.Level > 0));
    }

    [Fact]
    public void A_job_that_never_arrived_costs_nothing_and_is_sent_anew()
    {
        var cloud = new CloudOnVirtualTime(1_000);
        var lost = 0;
        cloud.Fault = job => job.Step == JobStep.Submit && lost++ == 0 ? new Late() : null;
        cloud.Run(4 * Minute);
        Assert.Equal(cloud.Taken.Count + 1, cloud.Money.Jobs);
        Assert.Equal(0, cloud.Money.Reserved);
        Assert.All(cloud.Classes, c => Assert.True(c.Level > 0));
    }

    [Fact]
    public void Where_jobs_cannot_be_found_a_lost_one_is_booked_as_spent()
    {
        var cloud = new CloudOnVirtualTime(1_000, CloudOnVirtualTime.Device with { Recovery = Recovery.None });
        decimal price = 0;
        cloud.Fault = job =>
        {
            if (job.Step != JobStep.Submit || price > 0) return null;
            price = job.Price;
            return new Late();
        };
        cloud.Run(TimeSpan.FromSeconds(2), () => price > 0);
        Assert.Equal(price, cloud.Money.Spent);
        Assert.DoesNotContain(cloud.Asked, a => a.Step == JobStep.Find);
    }

    [Fact]
    public void Where_a_job_can_be_repeated_it_is_sent_again_under_the_same_tag()
    {
        var cloud = new CloudOnVirtualTime(1_000, CloudOnVirtualTime.Device with { Recovery = Recovery.Repeat });
        var lost = 0;
        cloud.Fault = job => job.Step == JobStep.Submit && lost++ < 2 ? new Late() : null;
        cloud.Run(2 * Minute);
        Assert.Equal(3, cloud.Asked.Count(a => a is { Step: JobStep.Submit, Tag: "run-0" }));
    }

    [Fact]
    public void A_job_that_is_stuck_is_called_off_and_others_take_its_place()
    {
        var cloud = new CloudOnVirtualTime(1_000);
        cloud.Fault = job => job is { Step: JobStep.Poll, Tag: "run-0" } && job.State != JobState.Cancelled && !cloud.Asked.Any(a => a is { Step: JobStep.Cancel, Tag: "run-0" }) ? new Waiting(JobState.Queued) : null;
        cloud.Run(25 * Minute);
        Assert.Contains(cloud.Asked, a => a is { Step: JobStep.Cancel, Tag: "run-0" });
        Assert.DoesNotContain(cloud.Provisioner.Open, j => j.Tag == "run-0");
        Assert.All(cloud.Classes, c => Assert.True(c.Level > 0));
    }

    [Fact]
    public void Late_results_of_a_job_that_could_not_be_called_off_are_kept()
    {
        var cloud = new CloudOnVirtualTime(1_000) { Latency = TimeSpan.FromMinutes(40) };
        cloud.Fault = job => job.Step == JobStep.Cancel ? new Refused("It runs already.") : null;
        cloud.Run(60 * Minute, () => cloud.Bank.Deposits > 0);
        Assert.True(cloud.Bank.Deposits > 0);
        Assert.All(cloud.Classes, c => Assert.True(c.Level > 0));
    }

    [Fact]
    public void A_server_that_is_gone_is_asked_less_and_less_often()
    {
        var cloud = new CloudOnVirtualTime(1_000) { Fault = _ => new Late() };
        cloud.Run(60 * Minute);
        Assert.InRange(cloud.Asked.Count, 10, 120);
        Assert.Equal(0, cloud.Bank.Deposits);
        Assert.NotNull(cloud.Provisioner.Trouble);
        cloud.Fault = _ => null;
        cloud.Run(10 * Minute);
        Assert.All(cloud.Classes, c => Assert.True(c.Level > 0));
        Assert.Null(cloud.Provisioner.Trouble);
    }

    [Fact]
    public void Results_of_another_number_of_circuits_are_not_believed()
    {
        var cloud = new CloudOnVirtualTime(1_000) { Fault = job => job.Step == JobStep.Results ? new Finished([]) : null };
        cloud.Run(2 * Minute);
        Assert.Equal(0, cloud.Bank.Deposits);
        Assert.Contains("0 circuits", cloud.Provisioner.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void On_leaving_open_jobs_are_called_off_and_nothing_is_ordered()
    {
        var cloud = new CloudOnVirtualTime(1_000);
        cloud.Run(TimeSpan.FromSeconds(3));
        Assert.NotEmpty(cloud.Provisioner.Open);
        cloud.Provisioner.CallOff(cloud.Now);
        cloud.Run(TimeSpan.FromSeconds(4));
        Assert.Empty(cloud.Provisioner.Open);
        Assert.Equal(0, cloud.Money.Reserved);
    }

    [Fact]
    public void A_job_of_a_former_run_is_harvested()
    {
        var cloud = new CloudOnVirtualTime(1_000);
        cloud.Run(TimeSpan.FromSeconds(3));
        var job = cloud.Provisioner.Open[0];
        var again = new Provisioner(CloudOnVirtualTime.Device, cloud.Money, new SupplyOptions { TagPrefix = "next" }) { IsOrdering = false };
        again.Adopt(new OpenJob(job.Tag, CloudOnVirtualTime.Device, job.Plan, job.Price) { Job = job.Job, SentAt = job.SentAt }, cloud.Now);
        var adopted = Assert.Single(again.Turn(cloud.Classes, cloud.Now));
        Assert.Equal(JobStep.Poll, adopted.Step);
        again.Took(adopted, new Waiting(JobState.Done), cloud.Now);
        Assert.Equal(JobStep.Results, Assert.Single(again.Turn(cloud.Classes, cloud.Now)).Step);
    }
}
