using QuantumImprov.Storage.Qpu;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Storage.Tests.Qpu;

public sealed class JobLedgerTests
{
    [Fact]
    public void What_is_reserved_cannot_be_reserved_again_however_often_the_ledger_is_opened()
    {
        using var scratch = new Scratch();
        using (var store = Shots.Open(scratch.Path))
        {
            var ledger = new JobLedger(store, 10);
            Assert.True(ledger.TryReserve(Shots.Job("a", 4), Shots.Noon));
            Assert.Equal(6, ledger.Left("USD", Shots.Noon));
        }

        // As after a kill: nothing was settled, nothing closed.
        using var again = Shots.Open(scratch.Path);
        var next = new JobLedger(again, 10);
        Assert.Equal(6, next.Left("USD", Shots.Noon.AddHours(1)));
        Assert.False(next.TryReserve(Shots.Job("b", 7), Shots.Noon.AddHours(1)));
        Assert.True(next.TryReserve(Shots.Job("c", 6), Shots.Noon.AddHours(1)));
        Assert.Equal(0, next.Left("USD", Shots.Noon.AddHours(1)));
        Assert.Equal(10, next.Left("credits", Shots.Noon));
    }

    [Fact]
    public void Without_a_budget_only_what_is_free_is_reserved()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        var ledger = new JobLedger(store, 0);
        Assert.False(ledger.TryReserve(Shots.Job("a", .0001m), Shots.Noon));
        Assert.True(ledger.TryReserve(Shots.Job("b", 0), Shots.Noon));
    }

    [Fact]
    public void A_job_that_ended_counts_what_it_cost_and_the_day_after_nothing()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        var ledger = new JobLedger(store, 10);
        ledger.TryReserve(Shots.Job("a", 4), Shots.Noon);
        ledger.Settle("a", 1.25m, "done", Shots.Noon.AddMinutes(1));
        // A late word does not change what is settled.
        ledger.Settle("a", 9, "done", Shots.Noon.AddMinutes(2));
        Assert.Equal(8.75m, ledger.Left("USD", Shots.Noon.AddHours(1)));
        Assert.Equal(10, ledger.Left("USD", Shots.Noon.AddHours(25)));
        var record = Assert.Single(ledger.Jobs(10));
        Assert.Equal(("a", 2, 50, 4m, 1.25m, "done"), (record.Tag, record.Circuits, record.Shots, record.Reserved, record.Cost!.Value, record.Outcome));
    }

    [Fact]
    public void An_open_job_counts_however_old_it_is()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        var ledger = new JobLedger(store, 10);
        ledger.TryReserve(Shots.Job("a", 4), Shots.Noon);
        Assert.Equal(6, ledger.Left("USD", Shots.Noon.AddDays(40)));
    }

    [Fact]
    public void Jobs_that_have_not_ended_come_back_whole()
    {
        using var scratch = new Scratch();
        using (var store = Shots.Open(scratch.Path))
        {
            var ledger = new JobLedger(store, 100);
            ledger.TryReserve(Shots.Job("a"), Shots.Noon);
            ledger.TryReserve(Shots.Job("b"), Shots.Noon.AddSeconds(1));
            ledger.TryReserve(Shots.Job("c"), Shots.Noon.AddSeconds(2));
            ledger.Identify("a", "vendor-1");
            ledger.Settle("b", 1, "done", Shots.Noon);
        }

        using var again = Shots.Open(scratch.Path);
        var open = new JobLedger(again, 100).Unfinished(Shots.Device);
        Assert.Equal([("a", "vendor-1"), ("c", null)], open.Select(j => (j.Tag, j.Job)));
        Assert.Equal([Shots.Spec(1).Fingerprint, Shots.Spec(2).Fingerprint], open[0].Plan.Circuits.Select(c => c.Fingerprint));
        Assert.Equal((50, 3m, Shots.Noon), (open[0].Plan.Shots, open[0].Price, open[0].SentAt));
        Assert.DoesNotContain(open, j => j.Tag == "b");
    }

    [Fact]
    public async Task Two_who_reserve_at_the_same_time_do_not_reserve_the_same_money()
    {
        using var scratch = new Scratch();
        using var one = Shots.Open(scratch.Path);
        using var two = Shots.Open(scratch.Path);
        var ledgers = new[] { new JobLedger(one, 20), new JobLedger(two, 20) };
        var got = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => ledgers[i % 2].TryReserve(Shots.Job($"job-{i}", 3), Shots.Noon))));
        Assert.Equal(6, got.Count(g => g));
    }

    [Fact]
    public void A_damaged_or_newer_database_is_left_alone_and_told()
    {
        using var scratch = new Scratch();
        scratch.Write("qpu.db", "this is no database, and long enough to be taken for one by nobody");
        Assert.Null(QpuStore.Open(scratch.Path, out var fault));
        Assert.Contains("damaged", fault, StringComparison.Ordinal);
        Assert.StartsWith("this is no database", File.ReadAllText(scratch["qpu.db"]), StringComparison.Ordinal);
    }
}
