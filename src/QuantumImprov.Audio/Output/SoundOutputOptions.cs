namespace QuantumImprov.Audio.Output;

/// <summary>Which sound device is wanted, and how.</summary>
public sealed record SoundOutputOptions
{
    /// <summary>What stands before the name of an ASIO driver.</summary>
    public const string AsioPrefix = "asio:";

    /// <summary>The buffer where none is asked for.</summary>
    public static readonly TimeSpan DefaultBuffer = TimeSpan.FromMilliseconds(10);

    /// <summary>The device's name or a pattern of it, * standing for any text, capitals or not; after <see cref="AsioPrefix"/> that of an ASIO driver, whose buffer is its own affair; null (the default) is the system's default device, followed within about a second when it changes.</summary>
    public string? Device { get; init; }

    /// <summary>Whether the device is taken for this program alone: shorter buffers, and nobody else is heard. Default false.</summary>
    public bool Exclusive { get; init; }

    /// <summary>How much sound waits in the device, 1 to 200 ms; the system may round it up. Default 10 ms.</summary>
    public TimeSpan Buffer { get; init; } = DefaultBuffer;
}
