using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Jack;

/// <summary>What a <see cref="JackClient"/> is opened with.</summary>
public sealed record JackOptions
{
    /// <value>The name asked for, 1 to 32 plain characters without a colon; a server that knows the name already gives another. Default <c>quantumimprov</c>.</value>
    public string ClientName { get; init; } = "quantumimprov";

    /// <value>The server's name; null (the default) is the one the process environment names, or JACK's own default. A server is never started.</value>
    public string? ServerName { get; init; }

    /// <value>Whose notes go out. While a server is there, only the client's callback runs its turns.</value>
    public required Player Player { get; init; }

    /// <value>
    /// Makes the synth for a sample rate, on the thread that opens; null (the default), or a null result: silence on the audio ports. Called again when a
    /// server returns with another rate. A synth that can be disposed of is, when it is no longer used.
    /// </value>
    public Func<int, ISynth?>? Synth { get; init; }

    /// <value>Tells the time while no server is there, and how long periods take; the native callback reads the system's monotonic clock. Default: the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <value>Whether to run the managed callback even where the native one is there. Default false.</value>
    public bool Managed { get; init; }

    /// <value>Input messages that may wait for the engine, at least 1,024. Default 16,384.</value>
    public int InputCapacity { get; init; } = 16384;
}
