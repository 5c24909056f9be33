using System.Collections.Concurrent;
using QuantumImprov.Plugin.Shots;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Shots;

/// <summary>Who claims what in the file, and that no shot is used twice whatever happens.</summary>
public sealed class ShotClaimsTests
{
    private static (ShotFile File, ShotClaims Claims, ShotRing[] Rings) Open(string path)
    {
        var (flat, file) = (FlatBank.Read(File.ReadAllBytes(path), out _)!, ShotFile.Open(path)!);
        ShotRing[] rings = [.. flat.Stocks.Select(s => new ShotRing { Key = s.Key })];
        return (file, new ShotClaims(file, rings, flat.Batches.Length), rings);
    }

    private static void Use(ShotRing[] rings, int most, Action<int, int> used)
    {
        foreach (var ring in rings)
        {
            for (var i = 0; i < most && ring.TryTakeBack(out var batch, out var place); i++) used(batch, place);
        }
    }

    [Fact]
    public void What_is_claimed_is_marked_in_the_file_and_what_is_left_is_given_back()
    {
        using var scratch = new Scratch();
        var bank = Handed.Bank(200);
        var path = Handed.Write(scratch.Home, bank);
        var (file, claims, rings) = Open(path);
        Assert.True(claims.Fill());
        Assert.Equal(bank.Left - (rings.Length * ShotRing.First), Handed.Left(path));
        var used = 0;
        Use(rings, 10, (_, _) => used++);
        Assert.True(claims.GiveBack(new (double[], double[])?[rings.Length]));
        Assert.Equal(bank.Left - used, Handed.Left(path));
        Assert.Equal((0, rings.Length * 10), (claims.Lost, used));
        file.Dispose();
    }

    [Fact]
    public void All_is_given_back_after_a_hand_over_of_more_batches_than_it_had_room_for()
    {
        using var scratch = new Scratch();
        var bank = Handed.Bank(70);
        var path = Handed.Write(scratch.Home, bank);
        var (file, claims, rings) = Open(path);
        Assert.True(claims.Fill());
        var (present, edition) = (FlatBank.Read(File.ReadAllBytes(path), out _)!, bank.Stocks[0].Spec);
        var more = present.With(Enumerable.Range(0, (2 * bank.Batches.Length) + 300).Select(_ => new ShotBatch(edition, "local", "test", "job", default, [0])), _ => []);
        File.WriteAllBytes(path, more.Write(2));
        claims.LookAgain();
        Use(rings, 20, (_, _) => { });
        Assert.True(claims.Fill());
        Assert.False(claims.IsWanted);
        Assert.True(claims.GiveBack(new (double[], double[])?[rings.Length]));
        Assert.Equal(0, claims.Lost);
        Assert.Equal(more.Left + (rings.Length * (ShotRing.First - 20)), Handed.Left(path));
        file.Dispose();
    }

    [Fact]
    public void Nothing_is_given_back_to_another_file_whose_batch_has_the_same_number_and_another_edition()
    {
        using var scratch = new Scratch();
        var bank = Handed.Bank(70);
        var path = Handed.Write(scratch.Home, bank);
        var (file, claims, rings) = Open(path);
        Assert.True(claims.Fill());
        // The numbers are those of the old file, the editions stand the other way round, and another instance has taken all.
        var other = FlatBank.Empty.With(bank.Batches.Reverse().Select(b => new ShotBatch(bank.Stocks[b.Stock].Spec, "local", "test", "job", default, [.. b.Free()])), _ => []);
        Handed.Write(scratch.Home, other with { Batches = [.. other.Batches.Select(b => b with { Slots = [.. b.Slots.Select(FlatSlot.Take)] })] }, 2);
        Assert.True(claims.GiveBack(new (double[], double[])?[rings.Length]));
        var same = bank.Batches.Index().Count(b => bank.Stocks[b.Item.Stock].Key == other.Stocks[other.Batches[b.Index].Stock].Key) * ShotRing.First;
        Assert.Equal(same, Handed.Left(path));
        Assert.Equal((rings.Length * ShotRing.First) - same, claims.Lost);
        file.Dispose();
    }

    [Fact]
    public void Counts_that_are_damaged_are_replaced_by_what_was_counted_here()
    {
        using var scratch = new Scratch();
        var path = Handed.Write(scratch.Home, Handed.Bank(70));
        var bytes = File.ReadAllBytes(path);
        Assert.True(FlatHeader.TryRead(bytes, out var header));
        bytes[header.Laws] ^= 1;
        File.WriteAllBytes(path, bytes);
        var (file, claims, rings) = Open(path);
        var counted = new (double[], double[])?[rings.Length];
        var labels = FlatBank.Read(bytes, out _)!.Stocks[0].Spec.Labels.Length;
        double[] now = [.. Enumerable.Range(1, labels)];
        counted[0] = (new double[labels], now);
        Assert.True(claims.GiveBack(counted));
        Assert.Equal(now, FlatBank.Read(File.ReadAllBytes(path), out _)!.Stocks[0].Counts);
        file.Dispose();
    }

    [Fact]
    public async Task Instances_on_one_file_and_a_program_that_hands_over_meanwhile_never_use_a_shot_twice()
    {
        using var scratch = new Scratch();
        var path = Handed.Write(scratch.Home, Handed.Bank(400));
        var (used, before) = (new ConcurrentDictionary<(int, int), int>(), Handed.Left(path));
        var lost = 0L;
        var instances = Enumerable.Range(0, 4).Select(n => Task.Run(
            () =>
            {
                var random = new Random(n);
                for (var round = 0; round < 6; round++)
                {
                    var (file, claims, rings) = Open(path);
                    for (var i = 0; i < 12; i++)
                    {
                        while (!claims.Fill()) Thread.Yield();
                        Use(rings, random.Next(20), (batch, place) => used.AddOrUpdate((batch, place), 1, (_, times) => times + 1));
                        if (i == 6) claims.LookAgain();
                    }

                    while (!claims.GiveBack(new (double[], double[])?[rings.Length])) Thread.Yield();
                    Interlocked.Add(ref lost, claims.Lost + rings.Sum(r => r.Level));
                    file.Dispose();
                }
            },
            TestContext.Current.CancellationToken)).ToArray();
        // The program puts the whole file together anew, with more shots, as it does under the lock.
        var added = 0L;
        for (var i = 0; i < 5; i++)
        {
            var handing = ShotFile.Open(path)!;
            while (!handing.TryEnter()) Thread.Yield();
            var (present, more) = (FlatBank.Read(File.ReadAllBytes(path), out _)!, Handed.Bank(20, seed: (ulong)i + 5));
            var next = present.With(more.Batches.Select(b => new ShotBatch(more.Stocks[b.Stock].Spec, "local", "test", "job", default, [.. b.Free()]) { KnownLaw = more.Stocks[b.Stock].KnownLaw }), _ => []);
            added += more.Left;
            File.WriteAllBytes(path + ".new", next.Write((ulong)i + 2));
            File.Move(path + ".new", path, overwrite: true);
            handing.Leave();
            handing.Dispose();
        }

        await Task.WhenAll(instances);
        Assert.All(used.Values, times => Assert.Equal(1, times));
        Assert.True(used.Count > 5_000, $"{used.Count} were used");
        // Lost are at most those of batches that were empty when the program wrote anew.
        Assert.Equal(before + added, Handed.Left(path) + used.Count + lost);
    }

    [Fact]
    public void What_an_instance_had_claimed_when_it_was_killed_is_never_used_by_another()
    {
        using var scratch = new Scratch();
        var path = Handed.Write(scratch.Home, Handed.Bank(100));
        var taken = new HashSet<(int, int)>();
        // Nobody gives anything back.
        for (var killed = 0; killed < 3; killed++)
        {
            var (_, claims, rings) = Open(path);
            Assert.True(claims.Fill());
            Use(rings, int.MaxValue, (batch, place) => Assert.True(taken.Add((batch, place))));
        }

        Assert.Equal(0, Handed.Left(path));
    }

    [Fact]
    public void Of_a_class_that_is_used_a_lot_more_is_claimed_and_of_the_others_not()
    {
        using var scratch = new Scratch();
        var path = Handed.Write(scratch.Home, Handed.Bank(4_000));
        var (_, claims, rings) = Open(path);
        for (var i = 0; i < 6; i++)
        {
            claims.Fill();
            Use([rings[3]], int.MaxValue, (_, _) => { });
        }

        claims.Fill();
        Assert.Equal(ShotRing.Most, rings[3].Level);
        Assert.Equal(ShotRing.First, rings[4].Level);
    }

    [Fact]
    public void Filling_allocates_nothing()
    {
        using var scratch = new Scratch();
        var path = Handed.Write(scratch.Home, Handed.Bank(1_000));
        var (_, claims, rings) = Open(path);
        claims.Fill();
        Use(rings, 40, (_, _) => { });
        claims.Fill();
        Assert.Equal(0, Allocated.By(() =>
        {
            foreach (var ring in rings)
            {
                for (var i = 0; i < 30; i++) ring.Take();
            }

            claims.LookAgain();
            if (claims.IsWanted) claims.Fill();
        }));
    }

    [Fact]
    public void Somebody_else_in_the_file_is_not_waited_for()
    {
        using var scratch = new Scratch();
        var path = Handed.Write(scratch.Home, Handed.Bank(50));
        var (_, claims, rings) = Open(path);
        var other = ShotFile.Open(path)!;
        Assert.True(other.TryEnter());
        Assert.False(claims.Fill());
        Assert.Equal(0, rings.Sum(r => r.Level));
        other.Leave();
        Assert.True(claims.Fill());
    }
}
