using System.Globalization;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;

namespace QuantumImprov.Storage.Qpu;

/// <summary>
/// The ledger on disk: what a job may cost is reserved, and the job remembered with everything needed to harvest it, before it is sent. What was spent or reserved in the last day counts against the budget, whichever session it was and however it
/// ended. Thread-safe. [worker]
/// </summary>
/// <param name="store">The database.</param>
/// <param name="budget">What may be spent in any 24 hours, in each currency; at least 0.</param>
public sealed class JobLedger(QpuStore store, decimal budget) : IJobLedger
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public decimal Left(string currency, DateTimeOffset now)
    {
        lock (store) return Math.Max(0, budget - Booked(currency, now));
    }

    /// <summary>What was spent or is reserved in the 24 hours before <paramref name="now"/>.</summary>
    public decimal Booked(string currency, DateTimeOffset now)
    {
        lock (store)
        {
            return store.Read("SELECT COALESCE(cost, reserved) FROM jobs WHERE currency=$currency AND (sent>=$since OR ended IS NULL)", r => Money(r.GetString(0)), ("$currency", currency), ("$since", (now - Day).ToUnixTimeMilliseconds())).Sum();
        }
    }

    /// <inheritdoc/>
    public bool TryReserve(OpenJob job, DateTimeOffset now)
    {
        lock (store)
        {
            return store.Together(() =>
            {
                if (job.Price > Left(job.Currency, now)) return false;
                foreach (var spec in job.Plan.Circuits.DistinctBy(s => s.Fingerprint)) store.Run("INSERT OR IGNORE INTO editions VALUES($f, $s)", ("$f", spec.Fingerprint), ("$s", SpecText.Write(spec)));
                store.Run(
                    "INSERT INTO jobs(tag, vendor, device, circuits, shots, currency, reserved, sent) VALUES($tag, $vendor, $device, $circuits, $shots, $currency, $reserved, $sent)",
                    ("$tag", job.Tag), ("$vendor", job.Vendor), ("$device", job.Device), ("$circuits", string.Join(',', job.Plan.Circuits.Select(s => s.Fingerprint))), ("$shots", job.Plan.Shots), ("$currency", job.Currency),
                    ("$reserved", Text(job.Price)), ("$sent", now.ToUnixTimeMilliseconds()));
                return true;
            });
        }
    }

    /// <inheritdoc/>
    public void Identify(string tag, string job)
    {
        lock (store) store.Run("UPDATE jobs SET job=$job WHERE tag=$tag", ("$job", job), ("$tag", tag));
    }

    /// <inheritdoc/>
    public void Settle(string tag, decimal cost, string outcome, DateTimeOffset now)
    {
        lock (store) store.Run("UPDATE jobs SET cost=$cost, outcome=$outcome, ended=$ended WHERE tag=$tag AND ended IS NULL", ("$cost", Text(cost)), ("$outcome", outcome), ("$ended", now.ToUnixTimeMilliseconds()), ("$tag", tag));
    }

    /// <summary>Jobs of a device, or of any device of its vendor, that have not ended, with what they run.</summary>
    public IReadOnlyList<OpenJob> Unfinished(DeviceProfile device, bool any = false)
    {
        lock (store)
        {
            var found = new List<OpenJob>();
            foreach (var row in store.Read("SELECT tag, job, circuits, shots, reserved, sent, device FROM jobs WHERE vendor=$vendor AND (device=$device OR $any) AND ended IS NULL ORDER BY sent", r => (Tag: r.GetString(0), Job: r.IsDBNull(1) ? null : r.GetString(1), Circuits: r.GetString(2), Shots: r.GetInt32(3), Reserved: r.GetString(4), Sent: r.GetInt64(5), Device: r.GetString(6)), ("$vendor", device.Vendor), ("$device", device.Name), ("$any", any)))
            {
                var specs = row.Circuits.Split(',').Select(f => store.Scalar("SELECT spec FROM editions WHERE fingerprint=$f", ("$f", f)) is string text ? SpecText.Read(text) : null).ToList();
                if (specs.Any(s => s is null)) continue;
                found.Add(new OpenJob(row.Tag, device with { Name = row.Device }, new JobPlan([.. specs.Select(s => s!)], row.Shots), Money(row.Reserved)) { Job = row.Job, SentAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Sent) });
            }

            return found;
        }
    }

    /// <summary>The last <paramref name="most"/> jobs, the latest first.</summary>
    public IReadOnlyList<JobRecord> Jobs(int most)
    {
        lock (store)
        {
            return store.Read(
                "SELECT tag, vendor, device, job, circuits, shots, currency, reserved, cost, outcome, sent, ended FROM jobs ORDER BY sent DESC, tag DESC LIMIT $most",
                r => new JobRecord(
                    r.GetString(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetString(4).Count(c => c == ',') + 1, r.GetInt32(5), r.GetString(6), Money(r.GetString(7)), r.IsDBNull(8) ? null : Money(r.GetString(8)),
                    r.IsDBNull(9) ? "open" : r.GetString(9), DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(10)), r.IsDBNull(11) ? null : DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(11))),
                ("$most", most));
        }
    }

    private static decimal Money(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(decimal money) => money.ToString(CultureInfo.InvariantCulture);
}
