using System.Text;
using CsCheck;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Noise;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank;

public sealed class FlatBankTests
{
    private static ShotBatch[] Batches()
    {
        var device = Specs.Device(NoiseProfile.Ideal, 1);
        return [Specs.Run(Specs.Random(1), device, 50, device.LawOf(Specs.Random(1))).From(7), Specs.Run(Specs.Random(2, 3, labels: 16, members: 4, coins: 2), device, 30), Specs.Run(Specs.Random(3), device, 10).From(10)];
    }

    private static FlatBank Bank() => FlatBank.Empty.With(Batches(), b => [.. Enumerable.Range(0, b.Spec.Labels.Length).Select(s => (double)s)]);

    [Fact]
    public void What_is_left_comes_back_as_it_was_with_its_context_and_its_law()
    {
        var spec = new ClassSpec(5, [60, 62], [1, 2], [1]) { Context = 15_676 };
        ShotBatch[] batches = [.. Batches(), new(spec, "ibm", "ibm_fez", "d1", Specs.Noon, [0, 1, 1]) { Circuit = 4 }];
        var read = FlatBank.Read(FlatBank.Empty.With(batches, b => [.. b.Spec.IdealLaw]).Write(9), out var fault)!;
        Assert.Equal("", fault);
        batches = [.. batches.Where(b => b.Left > 0)];
        Assert.Equal(3, read.Batches.Length);
        Assert.Equal(batches.Sum(b => b.Left), read.Left);
        for (var i = 0; i < batches.Length; i++)
        {
            var (batch, stock) = (read.Batches[i], read.Stocks[read.Batches[i].Stock]);
            Assert.Equal((batches[i].Spec.Fingerprint, batches[i].Spec.Context), (stock.Spec.Fingerprint, stock.Spec.Context));
            Assert.Equal(batches[i].Words.Skip(batches[i].Used), batch.Free());
            Assert.Equal((batches[i].Vendor, batches[i].Device, batches[i].Job, batches[i].Circuit, batches[i].TakenAt), (stock.Vendor, stock.Device, batch.Job, batch.Circuit, batch.TakenAt));
            Assert.Equal(batches[i].KnownLaw, stock.KnownLaw);
            Assert.Equal(batches[i].Spec.IdealLaw, stock.Counts);
        }
    }

    [Fact]
    public void More_is_added_to_what_is_left_and_what_is_taken_stays_taken()
    {
        var bytes = Bank().Write(1);
        Assert.True(FlatHeader.TryRead(bytes, out var header));
        // Somebody takes the first shot of the first batch, and all of the second.
        foreach (var place in (int[])[0, .. Enumerable.Range(43, 30)])
        {
            var slot = bytes.AsSpan((int)header.Shots + (4 * place), 4);
            BitConverter.TryWriteBytes(slot, FlatSlot.Take(BitConverter.ToUInt32(slot)));
        }

        var left = FlatBank.Read(bytes, out _)!;
        Assert.Equal(42, left.Left);
        var more = left.With([Specs.Run(Specs.Random(1), Specs.Device(NoiseProfile.Ideal, 2), 20, job: "job-2")], _ => [9]);
        Assert.Equal((62, 2), (more.Left, more.Batches.Length));
        // The same edition on another device or without a known law is the same stock only where all of that agrees.
        Assert.Equal("job-2", more.Batches[1].Job);
        Assert.Equal(3UL, more.Batches[1].Number);
        Assert.Equal(left.Batches[0].Free(), more.Batches[0].Free());
        Assert.Equal(43, more.Batches[0].Slots.Length);
    }

    [Fact]
    public void What_was_counted_of_an_edition_outlasts_its_last_shot()
    {
        var device = Specs.Device(NoiseProfile.Ideal, 1);
        var (spec, first) = (Specs.Random(1), FlatBank.Empty.With([Specs.Run(Specs.Random(1), device, 5)], b => [.. b.Spec.IdealLaw]));
        var used = first with { Batches = [.. first.Batches.Select(b => b with { Slots = [.. b.Slots.Select(FlatSlot.Take)] })] };
        var more = used.With([Specs.Run(spec, device, 5)], _ => throw new InvalidOperationException());
        Assert.Equal(spec.IdealLaw, Assert.Single(more.Stocks).Counts);
        Assert.Equal((5, 2UL), (more.Left, Assert.Single(more.Batches).Number));
        // Where nothing was counted, what comes in says it.
        var uncounted = used with { Stocks = [.. used.Stocks.Select(s => s with { Counts = [.. s.Counts.Select(_ => 0.0)] })] };
        Assert.Equal(spec.IdealLaw, Assert.Single(uncounted.With([Specs.Run(spec, device, 5)], b => [.. b.Spec.IdealLaw]).Stocks).Counts);
    }

    [Fact]
    public void A_new_bank_numbers_its_batches_from_anywhere_and_leaves_room()
    {
        Assert.Equal([0UL, 5UL, (1UL << 23) - 1], ((ulong[])[0, (1UL << 40) + 5, ulong.MaxValue]).Select(r => FlatBank.Begin(r).NextBatch));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-90_000_000_000_000)]
    public void A_time_that_is_none_is_damage(long milliseconds)
    {
        var bytes = Bank().Write(1);
        Assert.True(FlatHeader.TryRead(bytes, out var header));
        BitConverter.TryWriteBytes(bytes.AsSpan((int)header.Shots - 8), milliseconds);
        Assert.Null(FlatBank.Read(Summed(bytes, header), out var fault));
        Assert.Contains("damaged", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void An_amplitude_that_is_no_number_or_too_great_is_damage(double amplitude)
    {
        var bytes = Bank().Write(1);
        Assert.True(FlatHeader.TryRead(bytes, out var header));
        // The first stock: five numbers, its labels, its rows.
        BitConverter.TryWriteBytes(bytes.AsSpan((int)header.Text + 20 + (4 * Bank().Stocks[0].Spec.Labels.Length)), amplitude);
        Assert.Null(FlatBank.Read(Summed(bytes, header), out var fault));
        Assert.Contains("damaged", fault, StringComparison.Ordinal);
    }

    // With checksums that agree: damage that was written as such.
    private static byte[] Summed(byte[] bytes, FlatHeader header)
    {
        var sum = 2166136261u;
        foreach (var b in bytes.AsSpan((int)header.Text, header.TextLength)) sum = (sum ^ b) * 16777619u;
        (header with { TextSum = sum }).Write(bytes);
        return bytes;
    }

    [Fact]
    public void Whatever_is_broken_off_or_changed_in_it_what_is_read_was_in_it_or_nothing_is()
    {
        var bank = Bank();
        var bytes = bank.Write(1);
        Assert.True(FlatHeader.TryRead(bytes, out var header));
        for (var length = 0; length < bytes.Length; length++) Assert.Null(FlatBank.Read(bytes.AsSpan(0, length), out _));
        var whole = bank.Batches.SelectMany(b => b.Free()).ToList();
        Gen.Int[0, (bytes.Length * 8) - 1].Sample(
            bit =>
            {
                var broken = (byte[])bytes.Clone();
                broken[bit / 8] ^= (byte)(1 << bit % 8);
                var read = FlatBank.Read(broken, out var fault);
                Assert.Equal(read is null, fault.Length > 0);
                if (bit / 8 is < 48 or (>= 60 and < 64) || (bit / 8 >= FlatHeader.Index && bit / 8 < header.Laws) || (bit / 8 >= header.Text && bit / 8 < header.Shots)) Assert.Null(read);
                // A shot that was changed is no shot; a law that was changed is to be measured anew.
                else if (bit / 8 >= header.Shots) Assert.Equal(whole.Count - 1, read!.Left);
                else if (bit / 8 >= header.Laws && (bit / 8 - header.Laws) % FlatHeader.LawLength < FlatHeader.LawLength - 4) Assert.Contains(read!.Stocks, s => s.Counts.All(c => c == 0));
            },
            iter: 3_000, threads: 1);
    }

    [Theory]
    [InlineData("QIBANK01", "version 01; this program reads version 02")]
    [InlineData("QIBANK03", "version 03; this program reads version 02")]
    [InlineData("no bank!", "no bank of shots")]
    public void Other_versions_are_told_from_what_is_none(string magic, string says)
    {
        Assert.Null(FlatBank.Read([.. Encoding.ASCII.GetBytes(magic), .. Bank().Write(1)[8..]], out var fault));
        Assert.Contains(says, fault, StringComparison.Ordinal);
    }
}
