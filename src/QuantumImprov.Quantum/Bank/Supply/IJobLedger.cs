namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>
/// Where money is reserved before a job is sent, and jobs are remembered until they have ended, whatever ends this process. Calls return when what they say is certain. [worker]
/// </summary>
public interface IJobLedger
{
    /// <summary>What may still be reserved in <paramref name="currency"/>, at least 0.</summary>
    decimal Left(string currency, DateTimeOffset now);

    /// <summary>Reserves the job's price and remembers it as about to be sent; false, and nothing is remembered, when the money is not there.</summary>
    bool TryReserve(OpenJob job, DateTimeOffset now);

    /// <summary>The vendor took the job under this name.</summary>
    void Identify(string tag, string job);

    /// <summary>The job ended; <paramref name="cost"/> was spent in place of what was reserved.</summary>
    void Settle(string tag, decimal cost, string outcome, DateTimeOffset now);
}
