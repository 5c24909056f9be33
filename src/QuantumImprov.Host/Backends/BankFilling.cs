namespace QuantumImprov.Host.Backends;

/// <summary>Fills a bank and waits for it: before a concert, and before what is played on virtual time.</summary>
public static class BankFilling
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200), LongestIdle = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Lets <paramref name="rig"/>'s supply work until the stock is as high as it was asked for, or nothing more can be had, or <paramref name="longest"/> has passed. Returns shots that came.
    /// </summary>
    public static long Fill(BankRig rig, TimeSpan longest, TimeProvider time, IProgress<double>? progress, CancellationToken stop)
    {
        var (began, idle, came) = (time.GetTimestamp(), time.GetTimestamp(), 0L);
        var arrived = new System.Collections.Concurrent.ConcurrentQueue<Quantum.Bank.ShotBatch>();
        rig.Start(arrived.Enqueue);
        var wanted = rig.Classes.Sum(c => (double)Quantum.Bank.Supply.Refill.Wanted(c.Rate, 600) + c.Calibration);
        while (time.GetElapsedTime(began) < longest && !stop.IsCancellationRequested)
        {
            while (arrived.TryDequeue(out var batch))
            {
                came += batch.Words.Length;
                rig.Banked.Bank.Deposit(batch);
            }

            rig.Look();
            rig.Tend();
            progress?.Report(wanted > 0 ? Math.Min(1, came / wanted) : 1);
            if (rig.IsSatisfied) break;
            // Nothing is under way, nothing went wrong, and nothing more is ordered: the money does not reach, or the device takes nothing now.
            if (rig.Supply is { OpenJobs: 0, Trouble: null } && !(rig.Supply.JobsSent == 0 && rig.Backend.Device.Pricing.IsFree))
            {
                if (time.GetElapsedTime(idle) > LongestIdle) break;
            }
            else
            {
                idle = time.GetTimestamp();
            }

            if (rig.Supply?.Trouble is { } trouble && rig.Supply.OpenJobs == 0 && trouble.Contains("budget", StringComparison.Ordinal)) break;
            stop.WaitHandle.WaitOne(Look);
        }

        while (arrived.TryDequeue(out var batch))
        {
            came += batch.Words.Length;
            rig.Banked.Bank.Deposit(batch);
        }

        rig.Look();
        return came;
    }

    /// <summary>What a session says about its bank, in one sentence.</summary>
    public static string InWords(BankRig rig)
    {
        var (meter, supply) = (rig.Banked.Bank.Meter, rig.Supply);
        var share = meter.Notes == 0 ? "no notes were chosen" : FormattableString.Invariant($"{100 * meter.Share:0.0} % of {meter.Notes} notes were chosen by shots of {rig.Backend.Name}, {meter.BitsANote:0.00} bits a note");
        var cost = supply is null || rig.Backend.Device.Pricing.IsFree ? "" : FormattableString.Invariant($"; spent {supply.Spent:0.00} {rig.Backend.Device.Pricing.Currency} of {supply.Budget:0.00}");
        return $"{char.ToUpperInvariant(share[0])}{share[1..]}{cost}.{(supply?.Trouble is { } trouble ? " " + trouble : "")}";
    }
}
