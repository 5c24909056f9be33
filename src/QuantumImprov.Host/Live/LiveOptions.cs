using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Music.Harmony;
using QuantumImprov.Host.Backends;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Live;

/// <summary>What <c>play</c> was asked for; null = not said.</summary>
public sealed record LiveOptions
{
    /// <summary>Preset name or file.</summary>
    public string? Preset { get; init; }

    /// <summary>Patterns of ports to listen to.</summary>
    public IReadOnlyList<string> MidiIn { get; init; } = [];

    /// <summary>Patterns of ports to play to.</summary>
    public IReadOnlyList<string> MidiOut { get; init; } = [];

    /// <summary>What of the performer's playing passes through to the output.</summary>
    public IReadOnlyList<ThroughRoute> Thru { get; init; } = [];

    /// <summary>Patterns of ports that are connected whenever they come, whichever way they go.</summary>
    public IReadOnlyList<string> Connect { get; init; } = [];

    /// <summary>File that remembers the connections of the JACK ports.</summary>
    public string? Session { get; init; }

    /// <summary>JACK server name.</summary>
    public string? JackServer { get; init; }

    /// <summary>Opens the MIDI devices to use instead of JACK and of the system's own.</summary>
    public Func<IMidiDevices>? Devices { get; init; }

    /// <summary>Pattern of the sound device to play through, where sound does not go through JACK.</summary>
    public string? AudioOut { get; init; }

    /// <summary>The sound device's buffer.</summary>
    public TimeSpan? AudioBuffer { get; init; }

    /// <summary>Whether the sound device is taken for this program alone.</summary>
    public bool AudioExclusive { get; init; }

    /// <summary>Repertoire file.</summary>
    public string? Repertoire { get; init; }

    /// <summary>Controller profile file.</summary>
    public string? Controller { get; init; }

    /// <summary>How long the output lets notes wait, in milliseconds.</summary>
    public double? Latency { get; init; }

    /// <summary>Whether to send a MIDI clock.</summary>
    public bool ClockOut { get; init; }

    /// <summary>Whether to keep with JACK's transport while it runs, until something else is asked for.</summary>
    public bool FollowsTransport { get; init; } = true;

    /// <summary>Tempo in quarters a minute.</summary>
    public double? Tempo { get; init; }

    /// <summary>Metre.</summary>
    public Metre? Metre { get; init; }

    /// <summary>The chords that are played over; null: those the calls suggest.</summary>
    public ChordChart? Chart { get; init; }

    /// <summary>Seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Folder for the recording.</summary>
    public string? Record { get; init; }

    /// <summary>How long to play.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Whether to serve the page.</summary>
    public bool Stage { get; init; } = true;

    /// <summary>Whether to open the page.</summary>
    public bool Open { get; init; } = true;

    /// <summary>The page's port; 0 = any.</summary>
    public int StagePort { get; init; } = 5170;

    /// <summary>Where other machines reach the page: an address of this machine, with a port if need be; null: nowhere.</summary>
    public string? Listen { get; init; }

    /// <summary>What chooses the notes.</summary>
    public BackendChoice Backend { get; init; } = BackendChoice.Local;

    /// <summary>What may be spent.</summary>
    public decimal Budget { get; init; }
}
