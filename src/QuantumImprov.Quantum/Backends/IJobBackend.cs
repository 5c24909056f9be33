namespace QuantumImprov.Quantum.Backends;

/// <summary>
/// A backend that takes jobs of many circuits and answers later. Nothing here throws for what a vendor or the network does: replies are values. Any member may be called from any thread. [worker]
/// </summary>
public interface IJobBackend : IQuantumBackend
{
    /// <summary>The device, as last described.</summary>
    DeviceProfile Device { get; }

    /// <summary>Asks the vendor about the device; null when it could be asked, else why not: <see cref="Late"/> or <see cref="Refused"/>.</summary>
    ValueTask<BackendReply?> DescribeAsync(CancellationToken stop = default);

    /// <summary>Sends a job: <see cref="Accepted"/>, <see cref="Refused"/>, or <see cref="Late"/> when nobody knows whether it was taken.</summary>
    ValueTask<BackendReply> SubmitAsync(JobRequest request, CancellationToken stop = default);

    /// <summary>Looks for a job by its tag: <see cref="Accepted"/>, <see cref="Refused"/> when there is none, or <see cref="Late"/> when that could not be found out.</summary>
    ValueTask<BackendReply> FindAsync(string tag, CancellationToken stop = default);

    /// <summary>Asks about a job: <see cref="Waiting"/> with its state, <see cref="Late"/>, or <see cref="Refused"/> when the vendor does not know it.</summary>
    ValueTask<BackendReply> PollAsync(string job, CancellationToken stop = default);

    /// <summary>Fetches the results of a job that is done: <see cref="Finished"/>, <see cref="Late"/>, or <see cref="Refused"/> when they cannot be read.</summary>
    ValueTask<BackendReply> ResultsAsync(string job, JobRequest request, CancellationToken stop = default);

    /// <summary>Calls a job off: <see cref="Accepted"/>, <see cref="Late"/>, or <see cref="Refused"/> when it is too late for that.</summary>
    ValueTask<BackendReply> CancelAsync(string job, CancellationToken stop = default);
}
