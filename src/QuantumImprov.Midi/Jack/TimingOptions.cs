namespace QuantumImprov.Midi.Jack;

/// <summary>What <see cref="PlannedTiming"/> and <see cref="FollowTiming"/> measure with.</summary>
public sealed record TimingOptions
{
    /// <value>The server's name; null (the default) as in <see cref="JackOptions.ServerName"/>. A server is never started.</value>
    public string? ServerName { get; init; }

    /// <value>How many notes a run plays, 1 to 100,000. Default 2,000: about 45 seconds.</value>
    public int Notes { get; init; } = 2000;

    /// <value>Seed of gaps and lengths. Default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <value>How often a run that saw an xrun is repeated, 0 to 10. Default 3.</value>
    public int Repeats { get; init; } = 3;

    /// <value>Whether client and peers run managed callbacks even where native ones are there. Default false.</value>
    public bool Managed { get; init; }
}
