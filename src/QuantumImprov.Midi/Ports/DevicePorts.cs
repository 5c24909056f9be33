using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Pacing;

namespace QuantumImprov.Midi.Ports;

/// <summary>
/// Live ports over a system's MIDI service: as many devices as were asked for, ports of our own where the system lets us make them, and a thread that runs the player.
/// Devices may come and go at any time: one that was asked for is taken again when it is back, by its name.
/// </summary>
public sealed partial class DevicePorts : ILivePorts
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly DevicePortsOptions _options;
    private readonly AutoResetEvent _wake = new(false);
    private readonly PacedPlayer _player;
    private readonly Outputs _outputs = new();
    // But: the outputs whose music must not come in again.
    private readonly List<(PortDirection Direction, string Pattern, IReadOnlyList<string> But)> _wanted = [];
    private volatile InputLine[] _inputs = [];
    private volatile bool _changed;
    private volatile string? _trouble;
    private long _looked;
    private bool _disposed;

    /// <summary>Opens the ports and starts the player; devices are connected by <see cref="TryConnect"/>. [owner]</summary>
    public DevicePorts(DevicePortsOptions options)
    {
        _options = options;
        Clock = options.Clock ?? new WallClock(options.Time);
        _looked = options.Time.GetTimestamp();
        options.Devices.Changed += Notice;
        if (options.Devices.MakesPorts) MakePorts();
        _player = new PacedPlayer(options.Player, Clock, _outputs, options.Sound, options.Alarm);
    }

    /// <inheritdoc/>
    public IHostClock Clock { get; }

    /// <inheritdoc/>
    public string? ClientName => null;

    /// <inheritdoc/>
    public bool IsRunning => true;

    /// <inheritdoc/>
    public string? Trouble => _trouble;

    /// <summary>The ports we made, by name; empty where the system makes none. [any]</summary>
    public IReadOnlyList<string> Made { get; private set; } = [];

    /// <summary>Whether the system lets nothing ordinary come before the player's thread. [any]</summary>
    public bool IsRaised => _player.IsRaised;

    /// <summary>Input that found no room. [any]</summary>
    public long LostInput => _inputs.Sum(line => line.Lost);

    /// <inheritdoc/>
    public PortHealth Health => new("MIDI devices of this system", LostInput);

    /// <summary>The names of what is connected and there. [owner]</summary>
    public IReadOnlyList<string> Connections(PortDirection direction) => direction == PortDirection.In
        ? [.. _inputs.Where(line => line.IsOpen).Select(line => line.Name)]
        : [.. _outputs.Lines.Where(line => line.IsOpen).Select(line => line.Name)];

    /// <inheritdoc/>
    public bool WaitForInput(TimeSpan longest) => _wake.WaitOne(longest);

    /// <inheritdoc/>
    public void Wake() => _wake.Set();

    /// <inheritdoc/>
    public bool TryReadInput(out TimedMessage message)
    {
        InputLine? first = null;
        foreach (var line in _inputs)
        {
            if (line.Next < (first?.Next ?? HostTime.Never)) first = line;
        }

        message = first is null ? default : first.Take();
        return first is not null;
    }

    /// <summary>Never: no transport is shared here.</summary>
    public bool TryReadSong(out HostTime at, out SongPlace told)
    {
        (at, told) = (default, SongPlace.None);
        return false;
    }

    /// <summary>None: no transport is shared here.</summary>
    public bool? Rolls => null;

    /// <summary>Never: no transport is shared here.</summary>
    public bool TryRoll(bool rolls) => false;

    /// <summary>Never: these ports always run the player themselves.</summary>
    public bool TryTurnWhileAway(HostTime until, IMessageSink sink) => false;

    /// <summary>Stops the player, ends what is owed, closes everything. [owner]</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _player.Dispose();
        foreach (var line in _outputs.Lines) line.Close();
        foreach (var line in _inputs) line.Close();
        _options.Devices.Changed -= Notice;
        _options.Devices.Dispose();
    }

    private void Notice() => _changed = true;

    private sealed class Outputs : ITurnedSink
    {
        private volatile OutputLine[] _lines = [];

        public OutputLine[] Lines => _lines;

        public void Add(OutputLine line) => _lines = [.. _lines, line];

        [RealTime]
        public void Emit(HostTime at, ShortMessage message)
        {
            foreach (var line in _lines) line.Send(message);
        }

        [RealTime]
        public void Turn()
        {
            foreach (var line in _lines) line.Tend();
        }
    }
}
