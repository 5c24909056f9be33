using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.Tests.Noise;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Bank;

public sealed class ShotBankTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(58, 18)];

    private static ShotBank Filled(ClassSpec spec, NoiseProfile profile, int shots, bool known = true, bool pure = false, ulong seed = 1)
    {
        var bank = new ShotBank(pure);
        var device = Specs.Device(profile, seed);
        bank.Install(spec);
        bank.Deposit(Specs.Run(spec, device, shots, known ? device.LawOf(spec) : []));
        return bank;
    }

    private static int[] Draw(ShotBank bank, double[] law, int notes, Xoshiro random, out int banked)
    {
        var counts = new int[law.Length];
        banked = 0;
        for (var i = 0; i < notes; i++)
        {
            var draw = bank.Draw(Labels, law, [0], random);
            if (draw.Kind == DrawKind.Absent) continue;
            counts[draw.Index]++;
            banked += draw.Kind == DrawKind.Banked ? 1 : 0;
        }

        return counts;
    }

    [Theory]
    [InlineData("ideal")]
    [InlineData("cz-transmons")]
    [InlineData("ion-trap")]
    public void Shots_of_any_device_serve_any_live_law_exactly(string profile)
    {
        for (var seed = 0UL; seed < 3; seed++)
        {
            var law = Specs.Law(new Xoshiro(seed), Labels.Length);
            var bank = Filled(Specs.Random(seed), DeviceProfiles.Find(profile)!, 200_000, seed: seed);
            ChiSquare.AssertFollows(law, Draw(bank, law, 12_000, new Xoshiro(seed + 50), out var banked), 1e-6 / 9);
            Assert.InRange(banked, 2_000, 12_000);
            Assert.Equal(0, bank.Meter.LawError);
        }
    }

    [Fact]
    public void The_banked_notes_alone_follow_the_live_law_within_the_shortlist()
    {
        var spec = Specs.Random(4);
        var law = Specs.Law(new Xoshiro(9), Labels.Length, 1.5);
        var bank = Filled(spec, Profiles.Loud, 300_000);
        var random = new Xoshiro(1);
        var counts = new int[law.Length];
        for (var i = 0; i < 12_000; i++)
        {
            var draw = bank.Draw(Labels, law, [0], random);
            if (draw.Kind == DrawKind.Banked) counts[draw.Index]++;
        }

        double[] listed = [.. law.Select((p, x) => spec.Labels.Contains(Labels[x]) ? p : 0)];
        ChiSquare.AssertFollows([.. listed.Select(p => p / listed.Sum())], counts);
        Assert.Equal(1 - listed.Sum(), bank.Meter.OutsideMass, 1e-9);
        Assert.InRange(bank.Meter.Outside / 12_000.0, bank.Meter.OutsideMass - .02, bank.Meter.OutsideMass + .02);
    }

    [Fact]
    public void The_ideal_law_taken_for_the_devices_own_is_seen_to_be_wrong()
    {
        // The same notes with q wrong: this is what measuring q is for, and what shows that the tests above bite.
        var spec = Specs.Random(4);
        var law = Specs.Law(new Xoshiro(9), Labels.Length, 1.5);
        var wrong = new double[spec.Labels.Length];
        for (var i = 0; i < wrong.Length; i++) wrong[i] = spec.IdealLaw[i] + (i % 2 == 0 ? .03 : -.01);
        var total = wrong.Sum();
        var device = Specs.Device(NoiseProfile.Ideal, 1);
        var (random, counts) = (new Xoshiro(3), new int[law.Length]);
        for (var round = 0; round < 500; round++)
        {
            // Too few shots for the watch to notice by itself.
            var bank = new ShotBank();
            bank.Deposit(Specs.Run(spec, device, 250, [.. wrong.Select(q => q / total)]));
            for (var i = 0; i < 5; i++)
            {
                if (bank.Draw(Labels, law, [0], random) is { Index: >= 0 } draw) counts[draw.Index]++;
            }
        }

        Assert.Throws<LawNotFollowedException>(() => ChiSquare.AssertFollows(law, counts));
    }

    [Fact]
    public void A_note_that_would_cost_too_many_shots_is_drawn_here_for_the_part_above_and_the_law_stays_exact()
    {
        // A device that hardly ever shows what the live law wants most.
        var spec = new ClassSpec(0, [60, 61, 62], [.02, 1, 1], [1]);
        var law = new double[Labels.Length];
        (law[2], law[3], law[4]) = (.8, .15, .05);
        var bank = Filled(spec, NoiseProfile.Ideal, 400_000);
        ChiSquare.AssertFollows(law, Draw(bank, law, 8_000, new Xoshiro(5), out var banked));
        Assert.InRange(banked, 500, 6_000);
    }

    [Fact]
    public void A_bank_that_runs_dry_goes_on_exactly_and_says_so()
    {
        var law = Specs.Law(new Xoshiro(2), Labels.Length, 1);
        var counts = new int[law.Length];
        var random = new Xoshiro(8);
        var (dry, absent) = (0L, 0L);
        for (var round = 0; round < 400; round++)
        {
            var bank = Filled(Specs.Random(2), DeviceProfiles.CzTransmons, 8, seed: (ulong)round + 1);
            // Only the first five notes: how many there are before it is dry depends on what the shots read.
            for (var i = 0; i < 5; i++)
            {
                var draw = bank.Draw(Labels, law, [0], random);
                var index = draw.Kind == DrawKind.Absent ? new AliasOf(law).Draw(random) : draw.Index;
                counts[index]++;
            }

            (dry, absent) = (dry + bank.Meter.Dry, absent + bank.Meter.Absent);
        }

        Assert.True(dry > 20);
        ChiSquare.AssertFollows(law, counts);
        Assert.Equal(DrawKind.Absent, new ShotBank().Draw(Labels, law, [0, 1], random).Kind);
    }

    [Fact]
    public void Each_shot_is_used_once_and_names_its_origin()
    {
        var spec = Specs.Random(3);
        var bank = Filled(spec, NoiseProfile.Ideal, 5_000);
        var law = Specs.Law(new Xoshiro(2), Labels.Length, 1);
        var (random, last, used) = (new Xoshiro(4), -1, 0);
        for (var i = 0; i < 300; i++)
        {
            var draw = bank.Draw(Labels, law, [0], random);
            used += draw.ShotsUsed;
            if (draw.Kind != DrawKind.Banked) continue;
            Assert.True(draw.Shot > last, "a shot was used twice, or out of order");
            last = draw.Shot;
            Assert.Equal("job-1", draw.Batch!.Job);
            Assert.Equal(Labels[draw.Index], spec.Labels[spec.Read(draw.Batch.Words[draw.Shot]).Symbol]);
        }

        Assert.Equal(5_000 - used, bank.Level(0));
        Assert.Equal(used, bank.Taken(0));
        Assert.Equal(used, bank.Meter.Shots);
        Assert.InRange(bank.Meter.ShotsMean, 1, 30);
        Assert.True(bank.Meter.Shots99 >= bank.Meter.ShotsMean);
    }

    [Fact]
    public void Pure_coins_come_from_the_devices_and_keep_the_law_although_they_are_biased()
    {
        // Readout errors make the coin qubits fall unevenly; the notes do not show it.
        var spec = Specs.Random(6, coins: 4);
        var law = Specs.Law(new Xoshiro(3), Labels.Length, 1.5);
        var bank = Filled(spec, Profiles.Loud, 200_000, pure: true);
        var falls = bank.Stocks(0)[0].Oldest!.Words.Count(w => (spec.Read(w).Coins & 2) != 0);
        Assert.True(Math.Abs(falls - 100_000) > 2_000, "the coins are fair and show nothing");
        Assert.True(bank.Coins.Level > 500_000);
        var counts = Draw(bank, law, 12_000, new Xoshiro(7), out var banked);
        ChiSquare.AssertFollows(law, counts);
        Assert.True(banked > 4_000);
        Assert.True(bank.Coins.Used > 24_000);
    }

    [Fact]
    public void Without_coins_left_a_pure_bank_leaves_the_note_to_this_machine()
    {
        var law = Specs.Law(new Xoshiro(3), Labels.Length, 1.5);
        var bank = Filled(Specs.Random(6), NoiseProfile.Ideal, 2_000, pure: true);
        ChiSquare.AssertFollows(law, Draw(bank, law, 4_000, new Xoshiro(7), out var banked));
        Assert.Equal(0, banked);
        Assert.Equal(4_000, bank.Meter.Dry);
    }

    [Fact]
    public void The_class_that_costs_least_serves_and_older_editions_serve_on()
    {
        var law = new double[Labels.Length];
        (law[2], law[3]) = (.9, .1);
        var (far, near) = (new ClassSpec(0, [60, 61, 62], [.2, .5, 1], [1]), new ClassSpec(1, [60, 61], [.9, .4], [1]));
        var bank = Filled(far, NoiseProfile.Ideal, 4_000);
        bank.Deposit(Specs.Run(near, Specs.Device(NoiseProfile.Ideal, 3), 300, near.IdealLaw));
        var random = new Xoshiro(5);
        for (var i = 0; i < 20; i++) bank.Draw(Labels, law, [0, 1], random);
        Assert.Equal(4_000, bank.Level(0));
        Assert.True(bank.Level(1) < 300);
        bank.Install(new ClassSpec(1, [60, 61], [.5, .5], [1]));
        Assert.Equal(DrawKind.Banked, bank.Draw(Labels, law, [1], random).Kind);
    }

    [Fact]
    public void A_use_mark_hears_of_every_shot()
    {
        var mark = new CountingMark();
        var spec = Specs.Random(3);
        var device = Specs.Device(NoiseProfile.Ideal, 1);
        var run = Specs.Run(spec, device, 500, device.LawOf(spec));
        var bank = new ShotBank();
        bank.Deposit(new ShotBatch(spec, "test", "d", "j", Specs.Noon, run.Words) { KnownLaw = spec.IdealLaw, Mark = mark }.From(100));
        Assert.Equal(400, bank.Level(0));
        var (random, used) = (new Xoshiro(1), 0);
        while (used == 0) used += bank.Draw(Labels, Specs.Law(new Xoshiro(2), Labels.Length, 1), [0], random).ShotsUsed;
        Assert.Equal(100 + used, mark.Used);
    }

    [Fact]
    public void Choosing_allocates_nothing()
    {
        var law = Specs.Law(new Xoshiro(2), Labels.Length, 1);
        var bank = Filled(Specs.Random(3), NoiseProfile.Ideal, 100_000);
        var random = new Xoshiro(1);
        for (var i = 0; i < 200; i++) bank.Draw(Labels, law, [0], random);
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 1_000; i++) bank.Draw(Labels, law, [0, 1, 2], random); }));
    }

    private sealed class CountingMark : IUseMark
    {
        public int Used { get; private set; }

        public void MarkUsed(int used) => Used = used;
    }

    private sealed class AliasOf(double[] law)
    {
        public int Draw(Xoshiro random)
        {
            var left = random.NextDouble();
            for (var x = 0; x < law.Length; x++)
            {
                if ((left -= law[x]) < 0) return x;
            }

            return law.Length - 1;
        }
    }
}
