using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Host.Live;

/// <summary>The JACK client as live ports.</summary>
public sealed class JackLivePorts(JackClient client, TimeProvider time) : ILivePorts
{
    private static readonly TimeSpan TendEvery = TimeSpan.FromSeconds(1);
    private readonly StandingCables _cables = new(client);
    private long _tended = time.GetTimestamp();

    /// <summary>The client.</summary>
    public JackClient Client => client;

    /// <inheritdoc/>
    public IHostClock Clock => client.Clock;

    /// <inheritdoc/>
    public string? ClientName => client.ClientName;

    /// <inheritdoc/>
    public bool IsRunning => client.IsRunning;

    /// <inheritdoc/>
    public string? Trouble => client.IsRunning ? null : "The JACK server is gone; waiting for it to return.";

    /// <inheritdoc/>
    public PortHealth Health
    {
        get
        {
            var stats = client.Stats;
            return new PortHealth(FormattableString.Invariant($"JACK, {client.BufferSize} frames at {client.SampleRate} Hz, {(client.IsNative ? "native" : "managed")} callback"), stats.LostInput) { Xruns = stats.Xruns, MissedTurns = stats.MissedTurns };
        }
    }

    /// <inheritdoc/>
    public bool WaitForInput(TimeSpan longest) => client.WaitForInput(longest);

    /// <inheritdoc/>
    public void Wake() => client.Wake();

    /// <inheritdoc/>
    public bool TryReadInput(out TimedMessage message) => client.TryReadInput(out message);

    /// <inheritdoc/>
    public bool TryReadSong(out HostTime at, out SongPlace told) => client.TryReadSong(out at, out told);

    /// <inheritdoc/>
    public bool? Rolls => client.Rolls;

    /// <inheritdoc/>
    public bool TryRoll(bool rolls) => client.TryRoll(rolls);

    /// <inheritdoc/>
    public bool TryTurnWhileAway(HostTime until, IMessageSink sink) => client.TryTurnWhileAway(until, sink);

    /// <inheritdoc/>
    public bool TryConnect(PortDirection direction, string pattern, out string report) =>
        client.TryConnect(direction == PortDirection.In ? JackEnd.In : JackEnd.Out, pattern, out report);

    /// <inheritdoc/>
    public IReadOnlyList<string> Matching(PortDirection direction, string pattern) => client.Matching(direction == PortDirection.In ? JackEnd.In : JackEnd.Out, pattern);

    /// <inheritdoc/>
    public string OwnOutput => CalibrationTiming.OwnOutput;

    /// <inheritdoc/>
    public string ConnectAlways(string pattern) => _cables.Add(pattern);

    /// <inheritdoc/>
    public bool TryTakeNews(out string sentence) => _cables.TryTakeNews(out sentence);

    /// <inheritdoc/>
    public bool TryAcceptOffer(out string report) => _cables.TryAcceptOffer(out report);

    /// <inheritdoc/>
    public void Tend()
    {
        if (time.GetElapsedTime(_tended) < TendEvery) return;
        _tended = time.GetTimestamp();
        if (client.TryReopen()) _cables.Tend();
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
