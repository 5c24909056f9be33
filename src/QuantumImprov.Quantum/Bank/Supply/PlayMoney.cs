namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>A ledger in memory, of money that is none: for rehearsals and tests. Not thread-safe.</summary>
/// <param name="budget">What may be spent in all, at least 0.</param>
public sealed class PlayMoney(decimal budget) : IJobLedger
{
    private readonly Dictionary<string, decimal> _reserved = [];

    /// <summary>What was spent by jobs that have ended.</summary>
    public decimal Spent { get; private set; }

    /// <summary>What open jobs may cost.</summary>
    public decimal Reserved => _reserved.Values.Sum();

    /// <summary>Jobs sent so far.</summary>
    public int Jobs { get; private set; }

    /// <inheritdoc/>
    public decimal Left(string currency, DateTimeOffset now) => Math.Max(0, budget - Spent - Reserved);

    /// <inheritdoc/>
    public bool TryReserve(OpenJob job, DateTimeOffset now)
    {
        if (job.Price > Left(job.Currency, now)) return false;
        _reserved[job.Tag] = job.Price;
        Jobs++;
        return true;
    }

    /// <inheritdoc/>
    public void Identify(string tag, string job)
    {
    }

    /// <inheritdoc/>
    public void Settle(string tag, decimal cost, string outcome, DateTimeOffset now)
    {
        if (_reserved.Remove(tag)) Spent += cost;
    }
}
