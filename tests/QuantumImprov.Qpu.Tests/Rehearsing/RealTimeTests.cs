using System.Collections.Concurrent;
using System.Diagnostics;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Qpu.Rehearsing;
using QuantumImprov.Qpu.Supply;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Rehearsing;

/// <summary>
/// The rehearsal in real time: the same music paced by the clock, shots from the fake cloud over HTTP with a queue, faults on the way. Fifteen seconds; two minutes with QUANTUMIMPROV_LONG=1.
/// </summary>
public sealed class RealTimeTests
{
    [Fact]
    public async Task In_real_time_against_the_fake_cloud_no_note_waits_and_the_device_chooses_most()
    {
        var longer = Environment.GetEnvironmentVariable("QUANTUMIMPROV_LONG") == "1";
        var (minutes, latency) = longer ? (2.0, FakeLatency.Spread(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(20))) : (.25, FakeLatency.Fixed(TimeSpan.FromSeconds(1)));
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { Latency = latency, JobsAMinute = longer ? 5 : 0, Seed = 4 });
        var adapter = cloud.Adapter("ibm");
        using var held = adapter as IDisposable;
        var money = new PlayMoney(100_000);
        var concert = new RehearsalConcert(new RehearsalOptions { Minutes = minutes, NotesPerSecond = 8, Seed = 6 });
        var (arrived, classes) = (new ConcurrentQueue<ShotBatch>(), (IReadOnlyList<ClassView>)concert.Banked.View("fake_row", false));
        await using var supply = new ShotSupply(new ShotSupplyOptions
        {
            Backend = adapter, Ledger = money, Supply = new SupplyOptions { TagPrefix = "qimprov-real", LeastDepth = TimeSpan.FromSeconds(longer ? 60 : 20), ExpectedSlow = TimeSpan.FromSeconds(longer ? 20 : 2), JobsOpen = 3 },
            View = () => Volatile.Read(ref classes), Deposit = arrived.Enqueue,
        });
        int? firstFull = null;
        concert.Supply = _ =>
        {
            while (arrived.TryDequeue(out var batch)) concert.Banked.Bank.Deposit(batch);
            if (firstFull is null && concert.Banked.Bank.Deposits > 0) firstFull = concert.Choices.Count;
            Volatile.Write(ref classes, concert.Banked.View("fake_row", false));
            // Half-way something of everything goes wrong.
            if (concert.Choices.Count >= minutes * 240 && Interlocked.Exchange(ref _faults, 1) == 0)
            {
                foreach (var fault in new[] { "429-after", "500", "malformed", "unknown-state" }) cloud.Fake.Script(FakeFault.Named[fault]);
                cloud.Fake.Script(new FakeFault(FaultKind.ResetAfter, 1, "POST", "jobs"));
            }
        };
        using var never = new ManualResetEventSlim();
        var began = Stopwatch.GetTimestamp();
        concert.Pace = at =>
        {
            var left = TimeSpan.FromTicks(at.Nanoseconds / 100) - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero) never.Wait(left);
        };
        await Task.Run(() => concert.Play(null), TestContext.Current.CancellationToken);
        Assert.Equal((int)(minutes * 480), concert.Choices.Count);
        Assert.Equal((0L, 0), (concert.Late, concert.Waits));
        Assert.NotNull(firstFull);
        var counted = concert.Choices.Skip(firstFull.Value).ToList();
        var share = counted.Count(c => c.Banked) / (double)counted.Count;
        Assert.True(share > (longer ? .85 : .5), $"{share:0.000} of {counted.Count}; {supply.Snapshot}");
        Assert.Equal(cloud.Fake.Jobs.Count, cloud.Fake.Jobs.Select(j => j.Tag).Distinct().Count());
        Assert.True(money.Spent + money.Reserved <= 100_000);
    }

    private int _faults;
}
