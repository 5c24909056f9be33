using QuantumImprov.Host.Stage.Access;
using QuantumImprov.Host.Stage.Archive;

namespace QuantumImprov.Host.Stage;

/// <summary>How the stage is served, and how much it takes from one page.</summary>
public sealed record StageOptions
{
    /// <summary>The TCP port on 127.0.0.1; 0 to 65535, 0 = any free one, default 5170. A taken port moves on to the next free one.</summary>
    public int Port { get; init; } = 5170;

    /// <summary>How many ports are tried, counting from <see cref="Port"/>; 1 or more, default 64.</summary>
    public int PortsToTry { get; init; } = 64;

    /// <summary>Where other machines reach the stage as well; null, the default: nowhere.</summary>
    public StageListening? Listening { get; init; }

    /// <summary>The recordings that pages may list and take away; null, the default: none.</summary>
    public IStageArchive? Archive { get; init; }

    /// <summary>How many pages may be open at once; 1 or more, default 16.</summary>
    public int MaxPages { get; init; } = 16;

    /// <summary>The longest message a page may send, in bytes; 64 or more, default 1024. A longer one ends that page's connection.</summary>
    public int MaxMessageBytes { get; init; } = 1024;

    /// <summary>Messages a second that a page may send for long; 1 or more, default 300. What comes above is dropped and counted, but never a note-off.</summary>
    public int MessagesPerSecond { get; init; } = 300;

    /// <summary>Messages a page may send at once before <see cref="MessagesPerSecond"/> holds; 1 or more, default 300.</summary>
    public int Burst { get; init; } = 300;

    /// <summary>How many dropped messages end a page's connection; default 20,000.</summary>
    public int DroppedBeforeClosing { get; init; } = 20_000;

    /// <summary>The clock the limits are counted on; the system's by default. The music's time is the session's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
