using System.Collections.Concurrent;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Qpu.Supply;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Supply;

/// <summary>The supply in real time against the fake cloud over HTTP.</summary>
public sealed class ShotSupplyTests
{
    private static ClassView[] Classes => [.. Enumerable.Range(0, 4).Select(c => new ClassView(Cloud.Spec(c), 0, 5))];

    private static ShotSupply Start(Cloud cloud, IJobBackend adapter, IJobLedger ledger, Action<ShotBatch> deposit, IReadOnlyList<OpenJob>? former = null, string prefix = "qimprov-supply") => new(new ShotSupplyOptions
    {
        Backend = adapter, Ledger = ledger, Supply = new SupplyOptions { TagPrefix = prefix, LeastDepth = TimeSpan.FromSeconds(20), ExpectedSlow = TimeSpan.FromSeconds(2) }, View = () => Classes, Deposit = deposit, Former = former ?? [],
    });

    [Theory]
    [InlineData("ibm")]
    [InlineData("ionq")]
    [InlineData("iqm")]
    public async Task Shots_arrive_through_every_fault_and_no_job_is_there_twice(string vendor)
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { JobsAMinute = 0, Latency = FakeLatency.Fixed(TimeSpan.FromMilliseconds(300)) });
        foreach (var fault in new[] { "429-after", "500", "malformed", "unknown-state" }) cloud.Fake.Script(FakeFault.Named[fault]);
        cloud.Fake.Script(new FakeFault(FaultKind.ResetAfter, 1, "POST", "jobs"));
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        var money = new PlayMoney(100_000);
        var batches = new ConcurrentQueue<ShotBatch>();
        await using (var supply = Start(cloud, adapter, money, batches.Enqueue)) Wait.Until(() => batches.Count >= 4, () => $"shots; {supply.Snapshot}");
        Assert.Equal(cloud.Fake.Jobs.Count, cloud.Fake.Jobs.Select(j => j.Tag).Distinct().Count());
        Assert.True(cloud.Fake.Jobs.Count <= money.Jobs);
        Assert.All(batches, b => Assert.Equal($"qpu:{vendor}", b.Label));
        Assert.All(batches, b => Assert.Contains(cloud.Fake.Jobs, j => j.Id == b.Job));
    }

    [Fact]
    public async Task On_leaving_open_jobs_are_called_off_within_five_seconds()
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { JobsAMinute = 0, Latency = FakeLatency.Never });
        var adapter = cloud.Adapter("ibm");
        using var held = adapter as IDisposable;
        var money = new PlayMoney(100_000);
        var supply = Start(cloud, adapter, money, _ => { });
        Wait.Until(() => cloud.Fake.Jobs.Count > 0 && supply.Snapshot.OpenJobs > 0, "a job");
        await supply.DisposeAsync();
        Assert.All(cloud.Fake.Jobs, j => Assert.True(j.IsCancelled));
        Assert.Equal(0, money.Spent + money.Reserved);
    }

    [Fact]
    public async Task A_server_that_is_gone_does_not_keep_anybody_from_leaving_and_the_job_is_harvested_later()
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { JobsAMinute = 0, Latency = FakeLatency.Fixed(TimeSpan.FromSeconds(1)) });
        var adapter = cloud.Adapter("ibm");
        using var held = adapter as IDisposable;
        var ledger = new Remembering(new PlayMoney(100_000));
        var supply = Start(cloud, adapter, ledger, _ => { });
        Wait.Until(() => supply.Snapshot.OpenJobs > 0 && ledger.Open.Values.Any(j => j.Job is not null), "a job");
        cloud.Fake.IsGone = true;
        await supply.DisposeAsync();
        Assert.NotEmpty(ledger.Open);
        cloud.Fake.IsGone = false;
        var jobs = cloud.Fake.Jobs.Count;
        var batches = new ConcurrentQueue<ShotBatch>();
        var former = ledger.Open.Values.Select(j => new OpenJob(j.Tag, adapter.Device, j.Plan, j.Price) { Job = j.Job, SentAt = j.SentAt }).ToList();
        await using var again = new ShotSupply(new ShotSupplyOptions
        {
            Backend = adapter, Ledger = ledger, Supply = new SupplyOptions { TagPrefix = "qimprov-next" }, View = () => Classes, Deposit = batches.Enqueue, Former = former, Orders = false,
        });
        Wait.Until(() => batches.Count >= former.Sum(j => j.Plan.Circuits.Length), () => $"the harvest; {again.Snapshot}");
        Assert.Equal(jobs, cloud.Fake.Jobs.Count);
        Wait.Until(() => ledger.Open.IsEmpty, "the ledger to be closed");
    }

    [Fact]
    public async Task Without_money_nothing_is_sent()
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter("ibm");
        using var held = adapter as IDisposable;
        var views = 0;
        await using (var supply = new ShotSupply(new ShotSupplyOptions
        {
            Backend = adapter, Ledger = new PlayMoney(0), Supply = new SupplyOptions { TagPrefix = "t" }, Deposit = _ => { }, View = () =>
            {
                Interlocked.Increment(ref views);
                return Classes;
            },
        })) Wait.Until(() => Volatile.Read(ref views) > 4, "some rounds");
        Assert.Empty(cloud.Fake.Jobs);
    }

    private sealed class Remembering(PlayMoney money) : IJobLedger
    {
        internal ConcurrentDictionary<string, OpenJob> Open { get; } = [];

        public decimal Left(string currency, DateTimeOffset now) => money.Left(currency, now);

        public bool TryReserve(OpenJob job, DateTimeOffset now)
        {
            if (!money.TryReserve(job, now)) return false;
            Open[job.Tag] = job;
            return true;
        }

        public void Identify(string tag, string job)
        {
        }

        public void Settle(string tag, decimal cost, string outcome, DateTimeOffset now)
        {
            money.Settle(tag, cost, outcome, now);
            Open.TryRemove(tag, out _);
        }
    }
}
