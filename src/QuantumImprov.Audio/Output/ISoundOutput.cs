namespace QuantumImprov.Audio.Output;

/// <summary>An open sound device that plays a <see cref="SynthStream"/>. When the device is lost the output waits for it, or takes the system's default in its place.</summary>
public interface ISoundOutput : IDisposable
{
    /// <summary>Which device it is and how it is driven, for people. [any]</summary>
    string Device { get; }

    /// <summary>What is played; the player's messages go here. [any]</summary>
    SynthStream Stream { get; }

    /// <summary>Frames the device has played, by its own count (an ASIO driver has none: frames rendered for it); 0 while it is away. [owner]</summary>
    long PlayedFrames { get; }

    /// <summary>What is wrong now, as one sentence; null when nothing is. [any]</summary>
    string? Trouble { get; }

    /// <summary>Looks after a lost device. Cheap; call it several times a second. [owner]</summary>
    void Tend();
}
