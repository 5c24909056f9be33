using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;

namespace QuantumImprov.Qpu.Rehearsing;

/// <summary>
/// A concert with a quantum processor on virtual time, without a cloud and without money: what share of the notes a device with such a queue would choose, what it would cost, whether anything would be late, and whether every note still follows its
/// law. Then the same concert is played again from the shots alone.
/// </summary>
public static class QpuRehearsal
{
    /// <summary>Rehearses.</summary>
    public static RehearsalResult Run(RehearsalOptions options, IProgress<double>? progress = null)
    {
        var cloud = new VirtualCloud(options, RehearsalConcert.Start);
        var budget = options.Budget ?? Enough(options, cloud);
        var money = new PlayMoney(budget);
        var provisioner = new Provisioner(
            cloud.Device, money,
            new SupplyOptions { TagPrefix = $"rehearsal-{options.Seed}", ExpectedLatency = options.MedianLatency, ExpectedSlow = options.SlowLatency, LeastDepth = TimeSpan.FromSeconds(75), JobsOpen = 3 })
        {
            KnownLaw = options.MeasuresLaws ? null : cloud.LawOf,
        };
        var concert = new RehearsalConcert(options);
        var tape = new List<(DateTimeOffset At, ShotBatch Batch)>();
        DateTimeOffset? filled = null;
        concert.Supply = now =>
        {
            foreach (var job in provisioner.Turn(concert.Banked.View(cloud.Device.Name, !options.MeasuresLaws), now))
            {
                foreach (var batch in provisioner.Took(job, cloud.Answer(job, now), now))
                {
                    filled ??= now;
                    tape.Add((now, batch));
                    concert.Banked.Bank.Deposit(batch);
                }
            }
        };
        concert.Play(Part(progress, 0));
        var meter = concert.Banked.Bank.Meter;
        var counted = filled is { } from ? concert.Choices.Where(c => RehearsalConcert.Wall(c.At) >= from).ToList() : [];
        return new RehearsalResult(
            concert.Choices.Count,
            counted.Count == 0 ? 0 : counted.Count(c => c.Banked) / (double)counted.Count,
            concert.Late,
            concert.Waits,
            money.Jobs,
            money.Spent + money.Reserved,
            budget,
            double.IsNaN(meter.OutsideMass) ? 0 : meter.OutsideMass,
            double.IsNaN(meter.ShotsMean) ? 0 : meter.ShotsMean,
            PitP(concert.Bins),
            Replays(options, concert, tape, Part(progress, 1)))
        {
            Meter = meter, Rewritten = concert.Banked.Classes.Rewritten, Bins = [.. concert.Bins],
        };
    }

    // No device, no money, no chance but the seed: the shots come when they came.
    private static bool Replays(RehearsalOptions options, RehearsalConcert first, List<(DateTimeOffset At, ShotBatch Batch)> tape, IProgress<double>? progress)
    {
        var again = new RehearsalConcert(options);
        var next = 0;
        again.Supply = now =>
        {
            for (; next < tape.Count && tape[next].At <= now; next++)
            {
                var batch = tape[next].Batch;
                again.Banked.Bank.Deposit(new ShotBatch(batch.Spec, batch.Vendor, batch.Device, batch.Job, batch.TakenAt, batch.Words) { Circuit = batch.Circuit, KnownLaw = batch.KnownLaw });
            }
        };
        again.Play(progress);
        return again.Choices.SequenceEqual(first.Choices);
    }

    private static double PitP(int[] bins)
    {
        var expected = bins.Sum() / (double)bins.Length;
        return expected == 0 ? 1 : ChiSquareTail.Of(bins.Sum(b => (b - expected) * (b - expected) / expected), bins.Length - 1);
    }

    // What the notes would take at three times the usual shots, the stock, and a job every twelve seconds.
    private static decimal Enough(RehearsalOptions options, VirtualCloud cloud)
    {
        var pricing = cloud.Device.Pricing;
        var shots = (options.Minutes * 60 * options.NotesPerSecond * 30) + 60_000;
        return Math.Ceiling(((decimal)shots * pricing.AShot) + ((decimal)(options.Minutes + 2) * cloud.Device.JobsAMinute * pricing.AJob));
    }

    private static Progress<double>? Part(IProgress<double>? progress, int part) => progress is null ? null : new Progress<double>(share => progress.Report((part + share) / 2));
}
