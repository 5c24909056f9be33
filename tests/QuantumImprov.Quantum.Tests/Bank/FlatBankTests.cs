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

    [Fact]
    public void What_is_left_comes_back_as_it_was()
    {
        var batches = Batches();
        var read = FlatBank.Read(FlatBank.Write(batches))!.Value;
        Assert.Equal(2, read.Length);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(batches[i].Spec.Fingerprint, read[i].Spec.Fingerprint);
            Assert.Equal(batches[i].Words.Skip(batches[i].Used), read[i].Words);
            Assert.Equal((batches[i].Vendor, batches[i].Device, batches[i].Job, batches[i].Circuit, batches[i].TakenAt), (read[i].Vendor, read[i].Device, read[i].Job, read[i].Circuit, read[i].TakenAt));
            Assert.Equal(batches[i].KnownLaw, read[i].KnownLaw);
        }
    }

    [Fact]
    public void Whatever_is_broken_off_or_changed_in_it_nothing_but_a_bank_or_nothing_is_read()
    {
        var bytes = FlatBank.Write(Batches());
        for (var length = 0; length < bytes.Length; length += 13) Assert.Null(FlatBank.Read(bytes.AsSpan(0, length)));
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Sample(
            change =>
            {
                var (at, value) = change;
                var broken = (byte[])bytes.Clone();
                broken[at] = value;
                FlatBank.Read(broken);
            },
            iter: 3_000, threads: 1);
        Assert.Null(FlatBank.Read("no bank at all"u8));
    }
}
