namespace QuantumImprov.Quantum.Backends;

/// <summary>The job is known and has no results yet, or will never have any.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Expected">How long the backend expects it to take from now on; null when it does not say.</param>
public sealed record Waiting(JobState State, TimeSpan? Expected = null) : BackendReply
{
    /// <summary>What the backend says about it, such as why it failed; empty when nothing.</summary>
    public string Remark { get; init; } = "";
}
