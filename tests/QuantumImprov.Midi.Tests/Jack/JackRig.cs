using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>
/// A player, our client on it, a raw peer that plays into it and another that listens. Two, because one that is cabled both ways makes a loop, and JACK
/// breaks a loop by delaying one of its cables by a period.
/// </summary>
internal sealed class JackRig : IDisposable
{
    private const int Attempts = 12;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public JackRig(string server, Func<int, ISynth?>? synth = null)
    {
        Client = Open(server, Player, synth);
        Peer = new RawPeer("peer", server);
        Giver = new RawPeer("giver", server);
        Assert.True(Client.TryConnect(JackEnd.In, "giver:to", out var report), report);
        Assert.True(Client.TryConnect(JackEnd.Out, "peer:from", out report), report);
        Assert.True(Client.TryConnect(JackEnd.Left, "peer:hear", out report), report);
        PassPeriods(20);
    }

    public Player Player { get; } = new();

    public JackClient Client { get; }

    /// <summary>Who listens.</summary>
    public RawPeer Peer { get; private set; }

    /// <summary>Who plays in.</summary>
    public RawPeer Giver { get; private set; }

    /// <summary>Xruns that one of the clients was told of.</summary>
    public long Xruns => Client.Stats.Xruns + Peer.Xruns + Giver.Xruns;

    public static JackClient Open(string? server, Player player, Func<int, ISynth?>? synth = null)
    {
        Assert.True(JackClient.TryOpen(new JackOptions { Player = player, ServerName = server, Synth = synth }, out var client, out var reason), reason);
        return client;
    }

    /// <summary>A frame <paramref name="milliseconds"/> from now, in 64 bits.</summary>
    public long FrameIn(int milliseconds) => Client.Clock.ToFrame(Client.Clock.Now.Plus(milliseconds * 1_000_000L));

    public void Hand(long on, long off, int pitch, int velocity = 100) => Assert.True(
        Player.TryHand(new PlannedNote(Client.Clock.ToHost(on), Client.Clock.ToHost(off), 0, (byte)pitch, (byte)velocity, Player.Epoch)));

    public void PassPeriods(int count)
    {
        var until = Client.Stats.Periods + count;
        Wait.For(() => Client.Stats.Periods >= until, "periods of our client");
    }

    /// <summary>Reads our input until <paramref name="count"/> messages have come or none comes for two seconds.</summary>
    public List<TimedMessage> Read(int count)
    {
        var read = new List<TimedMessage>();
        while (read.Count < count)
        {
            while (Client.TryReadInput(out var message)) read.Add(message);
            if (read.Count < count && !Client.WaitForInput(TimeSpan.FromSeconds(2))) break;
        }

        return read;
    }

    /// <summary>
    /// Plays until <paramref name="play"/>'s first answer says it is complete, then makes its second one's check. A play during which the server reported an
    /// xrun says nothing about frames, and may have lost messages: it is repeated, at most twelve times.
    /// </summary>
    public void WithoutXruns(Func<(Func<bool> Complete, Action Check)> play)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            Settle();
            var xruns = Xruns;
            var (complete, check) = play();
            SpinWait.SpinUntil(() => complete() || Xruns > xruns, Deadline);
            PassPeriods(10);
            if (Xruns > xruns) continue;
            check();
            return;
        }

        Assert.Fail($"The server reported an xrun in each of {Attempts} plays.");
    }

    /// <summary>Takes peers of the same names that came after the first ones had gone.</summary>
    public void TakePeers(RawPeer peer, RawPeer giver) => (Peer, Giver) = (peer, giver);

    private void Settle()
    {
        Player.RaiseEpoch();
        Wait.For(() => Player is { Sounding: 0, Pending: 0 } && Giver.AllSent, "silence");
        PassPeriods(20);
        while (Client.TryReadInput(out _))
        {
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Peer.Dispose();
        Giver.Dispose();
    }
}
