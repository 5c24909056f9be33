using QuantumImprov.Qpu.Secrets;

namespace QuantumImprov.Qpu.Wire;

/// <summary>What every vendor's adapter needs. Immutable.</summary>
public sealed record WireOptions
{
    /// <summary>Where keys, tokens and overridden addresses come from.</summary>
    public required SecretSource Secrets { get; init; }

    /// <summary>The clock of token lifetimes, back-off and time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of every request and answer, redacted; null: nobody is.</summary>
    public Action<string>? Trace { get; init; }

    /// <summary>How long one attempt may take; default 20 s.</summary>
    public TimeSpan AttemptTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The first pause before a request is repeated; each further one is about twice as long. Default half a second.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(.5);

    /// <summary>The longest pause, also when a server asks for more; default 20 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Repetitions of a request that is safe to repeat; default 3.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>The largest answer that is read, in bytes; default 64 MiB.</summary>
    public int MostBytes { get; init; } = 64 << 20;

    /// <summary>Decides what has to be sampled or shuffled here when a vendor reports counts only.</summary>
    public ulong Seed { get; init; } = 1;
}
