using System.Diagnostics.CodeAnalysis;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Jack;

/// <summary>
/// Two clients beside the product's own, cabled to it: one plays a given performance at its frames, the other writes down which note-on came at which. Two, because one that is cabled both ways makes a loop, and
/// JACK delays a loop by a period. [worker]
/// </summary>
public sealed class TimingPeers : IDisposable
{
    private readonly JackClient _client;

    private TimingPeers(JackClient client, MeasurePeer giver, MeasurePeer taker) => (_client, Giver, Taker) = (client, giver, taker);

    /// <summary>Who plays.</summary>
    internal MeasurePeer Giver { get; }

    /// <summary>Who writes down.</summary>
    internal MeasurePeer Taker { get; }

    /// <summary>Note-ons that came so far.</summary>
    public int Came => Taker.Count;

    /// <summary>Opens both and connects them to <paramref name="client"/>, with room for so many messages given and note-ons taken; false, with one sentence, when JACK refuses.</summary>
    public static bool TryOpen(JackClient client, TimingOptions options, int given, int taken, [NotNullWhen(true)] out TimingPeers? peers, out string reason)
    {
        peers = null;
        if (!MeasurePeer.TryOpen("measure-giver", options, given, out var giver, out reason)) return false;
        if (!MeasurePeer.TryOpen("measure-peer", options, taken, out var taker, out reason))
        {
            giver.Dispose();
            return false;
        }

        peers = new TimingPeers(client, giver, taker);
        if (client.TryConnect(JackEnd.In, giver.Out, out reason) && client.TryConnect(JackEnd.Out, taker.In, out reason)) return true;
        peers.Dispose();
        peers = null;
        return false;
    }

    /// <summary>Plays all of <paramref name="messages"/>, which are in order of time and not past, each at the frame nearest to its instant. Once.</summary>
    public void Play(ReadOnlySpan<TimedMessage> messages)
    {
        foreach (var message in messages) Giver.Plan(_client.Clock.ToCounter(_client.Clock.ToFrame(message.At)), message.Message);
        Giver.Go();
    }

    /// <summary>By how many frames note-on number <paramref name="index"/> that came is behind <paramref name="at"/>; below 0 when it came before. Within half a day of it.</summary>
    public int FramesBehind(int index, HostTime at) => (int)(Taker.Frame(index) - _client.Clock.ToCounter(_client.Clock.ToFrame(at)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Giver.Dispose();
        Taker.Dispose();
    }
}
