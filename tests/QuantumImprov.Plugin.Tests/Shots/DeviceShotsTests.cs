using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Shots;
using QuantumImprov.Plugin.Tests.Processing;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Shots;

/// <summary>Notes chosen by shots in the plugin.</summary>
public sealed class DeviceShotsTests
{
    private const long Minute = 60 * Song.Rate;
    private const int Cells = 24;

    private static Rig Play(DeviceShots shots, ImmutableArray<(long, ShortMessage)> song, long until, Func<int> size, int seed = 0, double on = 1, Action<long>? before = null)
    {
        var rig = new Rig(v => (v[ParameterTable.Seed], v[ParameterTable.Shots]) = (seed, on), shots: shots) { Tempo = 120 };
        rig.Play(song, until, size, before);
        return rig;
    }

    // Where each choice falls in its own law, spread evenly over its share: even over all choices if and only if they follow their laws.
    private static int[] Fall(DeviceShots shots, Action play)
    {
        var (falls, random) = (new int[Cells], new Xoshiro(3));
        shots.Source.Observer = (law, index, kind) =>
        {
            if (kind == DrawKind.Absent) return;
            var below = 0.0;
            for (var x = 0; x < index; x++) below += law[x];
            falls[Math.Min(Cells - 1, (int)(Cells * (below + (random.NextDouble() * law[index]))))]++;
        };
        play();
        return falls;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Notes_chosen_by_shots_follow_the_closed_form_law(bool known)
    {
        using var scratch = new Scratch();
        var shots = DeviceShots.Open(Handed.Write(scratch.Home, Handed.Bank(20_000, known)))!;
        shots.FillNow(ShotRing.Most);
        var filled = 0L;
        // The worker's part is done here between blocks, so that the rings never stay empty. Played where the shots of the shipped repertoire were taken for: an answer stays in the performer's register, and below it few serve.
        var falls = Fall(shots, () => Play(shots, Song.Phrases(8, 590, longest: 40, lowest: 60), 10 * Minute, () => 256, before: now =>
        {
            if (now / 4800 == filled) return;
            filled = now / 4800;
            shots.FillNow(ShotRing.Most);
        }));
        var meter = shots.Bank.Meter;
        Assert.True(meter.Banked > 600, $"{meter.Banked} of {meter.Notes} notes");
        ChiSquare.AssertFollows([.. Enumerable.Repeat(1.0 / Cells, Cells)], falls, 1e-5);
        shots.Close();
    }

    [Fact]
    public void A_law_that_is_not_the_devices_would_be_noticed()
    {
        using var scratch = new Scratch();
        // What comes often is said to come seldom; the shots of a class are used up before the watch on its law can notice.
        var shots = DeviceShots.Open(Handed.Write(scratch.Home, Handed.Bank(ClassLaw.Window, claimed: spec => [.. spec.IdealLaw.Index().Select(l => l.Index < spec.Labels.Length / 2 ? .1 : 1.0).Select(l => l / ((spec.Labels.Length / 2 * .1) + spec.Labels.Length - (spec.Labels.Length / 2)))])))!;
        var filled = 0L;
        var falls = Fall(shots, () => Play(shots, Song.Phrases(8, 290, longest: 40), 5 * Minute, () => 256, before: now =>
        {
            if (now / 4800 == filled) return;
            filled = now / 4800;
            shots.FillNow(ShotRing.Most);
        }));
        Assert.Throws<LawNotFollowedException>(() => ChiSquare.AssertFollows([.. Enumerable.Repeat(1.0 / Cells, Cells)], falls, 1e-5));
        shots.Close();
    }

    [Fact]
    public void With_the_same_shots_blocks_of_any_sizes_give_the_same_notes()
    {
        var song = Song.Phrases(3, 60);
        List<(long, ShortMessage)>? expected = null;
        var counts = new List<(long, long)>();
        foreach (var seed in Enumerable.Range(0, 4))
        {
            using var scratch = new Scratch();
            var shots = DeviceShots.Open(Handed.Write(scratch.Home, Handed.Bank(600)))!;
            shots.FillNow(ShotRing.Most);
            var random = new Random(seed);
            var rig = Play(shots, song, Minute, seed switch { 0 => () => 64, 1 => () => 8192, 2 => () => random.Next(1, 40), _ => () => random.Next(1, 8193) });
            expected ??= rig.Out;
            Assert.Equal(expected, rig.Out);
            counts.Add((shots.Bank.Meter.Banked, shots.Bank.Meter.Shots));
            shots.Close();
        }

        Assert.Single(counts.Distinct());
        Assert.True(counts[0].Item1 > 30, $"{counts[0]}");
    }

    [Fact]
    public void Shots_make_other_notes_than_the_simulator_and_none_when_they_are_off_or_there_is_a_seed()
    {
        var song = Song.Phrases(3, 60);
        var (plain, seeded) = (new Rig(v => v[ParameterTable.Seed] = 0) { Tempo = 120 }, new Rig { Tempo = 120 });
        plain.Play(song, Minute, () => 256);
        seeded.Play(song, Minute, () => 256);
        foreach (var (seed, on) in ((int, double)[])[(0, 1), (0, 0), (7, 1)])
        {
            using var scratch = new Scratch();
            var path = Handed.Write(scratch.Home, Handed.Bank(600));
            var (shots, left) = (DeviceShots.Open(path)!, Handed.Left(path));
            shots.FillNow();
            var rig = Play(shots, song, Minute, () => 256, seed, on);
            if (seed == 0 && on > 0) Assert.NotEqual(plain.Out, rig.Out);
            else Assert.Equal(seed == 0 ? plain.Out : seeded.Out, rig.Out);
            shots.Close();
            Assert.Equal(seed == 0 && on > 0, Handed.Left(path) < left);
            Assert.Equal(0, shots.Lost);
        }
    }

    [Fact]
    public void The_switch_and_the_seed_count_from_their_samples_on_whatever_the_blocks()
    {
        var song = Song.Phrases(4, 60);
        List<(long, ShortMessage)>? expected = null;
        foreach (var size in (int[])[64, 8192, 333])
        {
            using var scratch = new Scratch();
            var shots = DeviceShots.Open(Handed.Write(scratch.Home, Handed.Bank(600)))!;
            shots.FillNow(ShotRing.Most);
            var rig = new Rig(v => v[ParameterTable.Seed] = 0, shots: shots) { Tempo = 120 };
            foreach (var (at, parameter, value) in ((double, Parameter, double)[])[(10.01, ParameterTable.Shots, 1), (25.3, ParameterTable.Seed, 5), (40.2, ParameterTable.Seed, 0), (50.7, ParameterTable.Shots, 0)])
            {
                rig.Play(song, (long)(at * Song.Rate), () => size);
                rig.Play(song, (long)(at * Song.Rate) + 1, () => 1, _ => rig.Processor.Turn(0, ParameterTable.IndexOf(parameter), value));
            }

            rig.Play(song, Minute, () => size);
            expected ??= rig.Out;
            Assert.Equal(expected, rig.Out);
            Assert.True(shots.Bank.Meter.Banked > 5);
            shots.Close();
        }
    }

    [Fact]
    public void What_was_measured_of_a_device_is_kept_in_the_file()
    {
        using var scratch = new Scratch();
        var path = Handed.Write(scratch.Home, Handed.Bank(2_000, known: false));
        var shots = DeviceShots.Open(path)!;
        shots.FillNow(ShotRing.Most);
        Play(shots, Song.Phrases(3, 60), Minute, () => 256);
        var taken = shots.Bank.Meter.Shots;
        shots.Close();
        var counts = FlatBank.Read(File.ReadAllBytes(path), out _)!.Stocks.Sum(s => s.Counts.Sum());
        Assert.True(counts > ClassLaw.Calibration && counts > taken / 4.0, $"{counts} counted");
        var again = DeviceShots.Open(path)!;
        Assert.Contains(Enumerable.Range(0, ShotBank.MostClasses).SelectMany(again.Bank.Stocks), s => s.Law.IsReady);
        again.Close();
    }

    [Fact]
    public void Nothing_is_allocated_while_shots_choose()
    {
        using var scratch = new Scratch();
        var shots = DeviceShots.Open(Handed.Write(scratch.Home, Handed.Bank(20_000)))!;
        shots.FillNow(ShotRing.Most);
        var rig = new Rig(v => (v[ParameterTable.Seed], v[ParameterTable.Shots]) = (0, 1), shots: shots) { Tempo = 120 };
        rig.Out.Capacity = 100_000;
        var song = Song.Phrases(11, 180, longest: 40);
        rig.Play(song, Minute / 2, static () => 128);
        var watch = new AllocationWatch();
        rig.Play(song, 3 * Minute, static () => 128, _ => watch.Look());
        Assert.Equal(0, watch.Bytes);
        Assert.True(shots.Bank.Meter.Banked > 100);
        shots.Close();
    }

    [Fact]
    public void A_file_that_is_damaged_cut_newer_or_older_is_left_alone_or_serves_what_is_whole()
    {
        using var scratch = new Scratch();
        var bytes = Handed.Bank(60).Write(1);
        var random = new Random(1);
        for (var i = 0; i < 120; i++)
        {
            var damaged = i % 3 == 0 ? bytes[..random.Next(bytes.Length)] : (byte[])bytes.Clone();
            if (i % 3 != 0) damaged[i % 3 == 1 ? random.Next(200) : random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            Check(damaged);
        }

        foreach (var magic in (string[])["QIBANK01", "QIBANK03", "SQLite f"]) Check([.. System.Text.Encoding.ASCII.GetBytes(magic), .. bytes[8..]], none: true);
        Check([], none: true);

        void Check(byte[] content, bool none = false)
        {
            var path = Handed.Write(scratch.Home, FlatBank.Empty);
            File.WriteAllBytes(path, content);
            var shots = DeviceShots.Open(path);
            if (none) Assert.Null(shots);
            if (shots is null) return;
            shots.FillNow();
            Play(shots, Song.Phrases(3, 3), 6 * Song.Rate, () => 512);
            // It becomes damaged while it is in use.
            File.WriteAllBytes(path, content[..(content.Length / 2)]);
            shots.FillNow(ShotRing.Most);
            shots.Close();
        }
    }
}
