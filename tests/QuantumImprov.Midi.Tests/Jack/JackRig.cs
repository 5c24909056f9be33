using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Jack.Native;
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

    /// <summary>Opens all three; <paramref name="alone"/> has our client to itself before the peers come, which are managed and would stop with the test.</summary>
    public JackRig(string server, Callback callback, Func<int, ISynth?>? synth = null, Action<JackRig>? alone = null)
    {
        Client = Open(server, Player, callback, synth);
        alone?.Invoke(this);
        Peer = new RawPeer("peer", server);
        Giver = new RawPeer("giver", server);
        Assert.True(Client.TryConnect(JackEnd.In, "giver:to", out var report), report);
        Assert.True(Client.TryConnect(JackEnd.Out, "peer:from", out report), report);
        Assert.True(Client.TryConnect(JackEnd.Left, "peer:hear", out report), report);
        PassPeriods(20);
    }

    /// <summary>Both callbacks, for theories.</summary>
    public static TheoryData<Callback> Callbacks => [Callback.Managed, Callback.Native];

    public Player Player { get; } = new();

    public JackClient Client { get; }

    /// <summary>Who listens.</summary>
    public RawPeer Peer { get; private set; }

    /// <summary>Who plays in.</summary>
    public RawPeer Giver { get; private set; }

    /// <summary>Xruns that one of the clients was told of.</summary>
    public long Xruns => Client.Stats.Xruns + Peer.Xruns + Giver.Xruns;

    // A busy machine may also keep the thread that renders from coming in time.
    private long Disturbances => Xruns + Client.Stats.LateAudio;

    public static JackClient Open(string? server, Player player, Callback callback, Func<int, ISynth?>? synth = null, TimeProvider? time = null)
    {
        Need(callback);
        var options = new JackOptions { Player = player, ServerName = server, Synth = synth, Managed = callback == Callback.Managed, Time = time ?? TimeProvider.System };
        Assert.True(JackClient.TryOpen(options, out var client, out var reason), reason);
        Assert.Equal(callback == Callback.Native, client.IsNative);
        return client;
    }

    /// <summary>Skips a test whose callback was not built; under QUANTUMIMPROV_REQUIRE_PARTS it fails.</summary>
    public static void Need(Callback callback)
    {
        if (callback == Callback.Managed || NativeCallback.IsThere(out var problem)) return;
        if (Environment.GetEnvironmentVariable("QUANTUMIMPROV_REQUIRE_PARTS") == "1") Assert.Fail(problem);
        Assert.Skip(problem);
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
            var disturbed = Disturbances;
            var (complete, check) = play();
            SpinWait.SpinUntil(() => complete() || Disturbances > disturbed, Deadline);
            PassPeriods(10);
            if (Disturbances > disturbed) continue;
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
        Player.ReleaseKeys();
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
