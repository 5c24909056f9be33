using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Storage.Qpu;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Storage.Tests.Qpu;

public sealed class ShotShelfTests
{
    private static readonly int[] Labels = [60, 62, 64, 65];

    private static int UseSome(ShotBank bank, int notes)
    {
        var random = new Xoshiro(1);
        var used = 0;
        for (var i = 0; i < notes; i++) used += bank.Draw(Labels, [.25, .25, .25, .25], [1, 2], random).ShotsUsed;
        return used;
    }

    private static ShotBank Bank(IEnumerable<ShotBatch> batches)
    {
        var bank = new ShotBank();
        foreach (var batch in batches) bank.Deposit(batch);
        return bank;
    }

    [Fact]
    public void Shots_come_back_as_they_were_but_for_those_that_are_used()
    {
        using var scratch = new Scratch();
        int used;
        using (var store = Shots.Open(scratch.Path))
        using (var shelf = ShotShelf.Open(store))
        {
            Assert.True(shelf.MayUse);
            var bank = Bank([shelf.Add(Shots.Batch(known: true)), shelf.Add(Shots.Batch("job-2", 2, known: true))]);
            used = UseSome(bank, 20);
            Assert.True(used > 20);
        }

        using var again = Shots.Open(scratch.Path);
        using var reopened = ShotShelf.Open(again);
        var batches = reopened.Take();
        Assert.Equal(400 - used, batches.Sum(b => b.Left));
        var first = batches.First(b => b.Job == "job-1");
        Assert.Equal(Shots.Batch().Words, first.Words);
        Assert.Equal(("test", "device-1", 1, Shots.Noon, Shots.Spec().Fingerprint), (first.Vendor, first.Device, first.Circuit, first.TakenAt, first.Spec.Fingerprint));
        Assert.Equal(Shots.Spec().IdealLaw, first.KnownLaw);
    }

    [Fact]
    public void What_was_used_is_used_also_when_nobody_closed_anything()
    {
        using var scratch = new Scratch();
        var store = Shots.Open(scratch.Path);
        var shelf = ShotShelf.Open(store);
        var used = UseSome(Bank([shelf.Add(Shots.Batch(known: true))]), 15);
        // As after a kill: the marks are all there is. A copy of the files is what the next process finds.
        using var after = new Scratch();
        foreach (var file in Directory.GetFiles(scratch.Path).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(after[Path.GetFileName(file)]);
            source.CopyTo(target);
        }

        using (var next = Shots.Open(after.Path))
        using (var found = ShotShelf.Open(next)) Assert.Equal(200 - used, found.Take().Sum(b => b.Left));
        shelf.Dispose();
        store.Dispose();
    }

    [Fact]
    public void The_same_results_put_in_twice_are_there_once()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        using var shelf = ShotShelf.Open(store);
        var used = UseSome(Bank([shelf.Add(Shots.Batch(known: true))]), 10);
        Assert.Equal(200 - used, shelf.Add(Shots.Batch(known: true)).Left);
        Assert.Equal(200 - used, shelf.Look().Sum(b => b.Left));
    }

    [Fact]
    public void One_process_uses_shots_and_others_may_add()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        using var other = Shots.Open(scratch.Path);
        using (ShotShelf.Open(store))
        {
            using var second = ShotShelf.Open(other);
            Assert.False(second.MayUse);
            Assert.Empty(second.Take());
            Assert.Equal(200, second.Add(Shots.Batch()).Left);
            Assert.Single(second.Look());
        }

        using var next = ShotShelf.Open(other);
        Assert.True(next.MayUse);
        Assert.Equal(200, next.Take().Sum(b => b.Left));
    }

    [Fact]
    public void A_measured_law_is_kept()
    {
        using var scratch = new Scratch();
        double[] counts;
        using (var store = Shots.Open(scratch.Path))
        using (var shelf = ShotShelf.Open(store))
        {
            var bank = Bank([shelf.Add(Shots.Batch(shots: 2_000))]);
            UseSome(bank, 50);
            counts = bank.Stocks(1)[0].Law.Counts.ToArray();
            Assert.True(bank.Stocks(1)[0].Law.IsReady);
            shelf.Keep(bank.Stocks(1));
        }

        using var again = Shots.Open(scratch.Path);
        using var reopened = ShotShelf.Open(again);
        var next = new ShotBank();
        var stock = next.StockOf(reopened.Take()[0]);
        reopened.Recall(stock);
        Assert.Equal(counts, stock.Law.Counts.ToArray());
        Assert.True(stock.Law.IsReady);
    }

    [Fact]
    public void Shots_that_are_handed_over_are_in_the_file_and_not_here_any_more()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        using (var shelf = ShotShelf.Open(store))
        {
            var used = UseSome(Bank([shelf.Add(Shots.Batch(known: true))]), 5);
            shelf.Add(Shots.Batch("job-2", 2));
            var (shots, fault) = shelf.Export(scratch["bank.flat"]);
            Assert.Null(fault);
            Assert.Equal(400 - used, shots);
            Assert.Empty(shelf.Take());
            var flat = FlatBank.Read(File.ReadAllBytes(scratch["bank.flat"]), out _)!;
            Assert.Equal(400 - used, flat.Left);
            Assert.Equal(Shots.Batch().Words.Skip(used), flat.Batches.First(b => b.Job == "job-1").Free());
        }

        using var again = ShotShelf.Open(store);
        Assert.Empty(again.Take());
        Assert.Contains("cannot be written", again.Export(scratch["no/such/folder"]).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_are_moved_into_a_file_that_others_take_from_and_each_shot_once()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        var file = new FlatBankFile(scratch["plugin/plugin.shots"]);
        using (var shelf = ShotShelf.Open(store))
        {
            shelf.Add(Shots.Batch(known: true));
            Assert.Equal(50, Moved(shelf, 50));
            Assert.Equal(75, Moved(shelf, 75));
            Assert.Equal(75, shelf.Take().Sum(b => b.Left));
            var flat = file.Read(out _)!;
            Assert.Equal(Shots.Batch().Words.Take(125), flat.Batches.SelectMany(b => b.Free()));
            Assert.Single(flat.Stocks);
            // A file that took the place of another does not begin with its numbers.
            Assert.NotEqual(new FlatBankFile(scratch["one"]).Read(out _)!.NextBatch, new FlatBankFile(scratch["another"]).Read(out _)!.NextBatch);
            // Nobody else may be in the file.
            using (new FileStream(scratch["plugin/plugin.shots.lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None)) Assert.Contains("held by another", shelf.HandOver(file, b => 1).Fault, StringComparison.Ordinal);
            File.WriteAllBytes(scratch["plugin/plugin.shots"], "QIBANK01 old"u8);
            Assert.Contains("version 01", shelf.HandOver(file, b => 1).Fault, StringComparison.Ordinal);
            Assert.Equal(75, shelf.Take().Sum(b => b.Left));
        }

        using var again = ShotShelf.Open(store);
        Assert.Equal(Shots.Batch().Words.Skip(125), again.Take().SelectMany(b => b.Words.Skip(b.Used)));

        int Moved(ShotShelf shelf, int shots)
        {
            var (given, fault) = shelf.HandOver(file, b => shots);
            Assert.Null(fault);
            return given.Sum(b => b.Left);
        }
    }

    [Fact]
    public void Whoever_is_killed_while_handing_over_loses_shots_at_most()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        var path = scratch["plugin.shots"];
        using (var shelf = ShotShelf.Open(store))
        {
            shelf.Add(Shots.Batch(known: true));
            // Before it is used up in the bank nothing is in the file's place; afterwards the shots are gone here.
            var left = (Before: -1L, After: -1);
            new FlatBankFile(path).Add([.. shelf.Take()], _ => [], () => left = (File.Exists(path) ? 1 : 0, shelf.Take().Sum(b => b.Left)));
            Assert.Equal((0, 200), left);
            Assert.Throws<InvalidOperationException>(() => new FlatBankFile(path).Add([.. shelf.Take()], _ => [], () => throw new InvalidOperationException()));
            Assert.Equal(200, new FlatBankFile(path).Read(out _)!.Left);
        }
    }

    [Fact]
    public void What_was_measured_goes_with_the_shots()
    {
        using var scratch = new Scratch();
        using var store = Shots.Open(scratch.Path);
        using var shelf = ShotShelf.Open(store);
        var bank = Bank([shelf.Add(Shots.Batch(shots: 2_000))]);
        UseSome(bank, 50);
        shelf.Keep(bank.Stocks(1));
        Assert.Null(shelf.HandOver(new FlatBankFile(scratch["plugin.shots"]), b => b.Left).Fault);
        Assert.Equal(bank.Stocks(1)[0].Law.Counts.ToArray(), new FlatBankFile(scratch["plugin.shots"]).Read(out _)!.Stocks.Single().Counts);
    }

    [Fact]
    public void Random_bytes_are_given_once()
    {
        using var scratch = new Scratch();
        using (var store = Shots.Open(scratch.Path))
        {
            var shelf = new EntropyShelf(store);
            Assert.Null(shelf.Take(8));
            shelf.Add("abc", [.. Enumerable.Range(0, 20).Select(i => (byte)i)]);
            Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], shelf.Take(8)!.Value.Bytes);
        }

        using var again = Shots.Open(scratch.Path);
        var next = new EntropyShelf(again);
        Assert.Equal(12, next.Left);
        var (bytes, name) = next.Take(8)!.Value;
        Assert.Equal([8, 9, 10, 11, 12, 13, 14, 15], bytes);
        Assert.Equal("abc", name);
        Assert.Null(next.Take(8));
    }
}
