using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

[Collection("JACK")]
public sealed class JackDeathTests(JackHouse house)
{
    [Theory]
    [InlineData(Callback.Managed, false)]
    [InlineData(Callback.Managed, true)]
    [InlineData(Callback.Native, false)]
    [InlineData(Callback.Native, true)]
    public void A_server_that_dies_and_returns_finds_ports_cables_and_time_as_they_were(Callback callback, bool hard)
    {
        using var server = house.Start();
        var synths = new List<EdgeSynth>();
        EdgeSynth Make(int rate)
        {
            synths.Add(new EdgeSynth(rate));
            return synths[^1];
        }

        using var rig = new JackRig(server.Name, callback, Make);
        var (client, player) = (rig.Client, rig.Player);
        Assert.True(client.TryConnect(JackEnd.Right, "system:playback_1", out var report), report);
        Assert.True(client.TryReopen());
        var on = rig.FrameIn(100);
        rig.Hand(on, on + 48000 * 60, 60);
        Wait.For(() => player.Sounding == 1, "the note to sound");

        rig.Peer.Dispose();
        rig.Giver.Dispose();
        var before = client.Clock.Now;
        server.Stop(hard);
        Wait.For(() => !client.IsRunning, "the loss to be noticed");
        Assert.False(client.TryReopen());
        Assert.Empty(client.Ports());
        Assert.False(client.TryConnect(JackEnd.Out, "*", out report));
        Assert.Equal("The JACK server is away.", report);
        var away = client.Clock.Now;
        Assert.True(away >= before);
        Wait.For(() => client.Clock.Now.SecondsSince(away) > 0.05, "time to go on without a server");

        // The host's own thread plays on meanwhile: the sounding note can end, a new one comes.
        var sink = new ListSink();
        player.RaiseEpoch();
        player.TryHand(new PlannedNote(client.Clock.Now, client.Clock.Now.PlusSeconds(0.01), 0, 72, 90, player.Epoch));
        Wait.For(() => client.TryTurnWhileAway(client.Clock.Now, sink) && sink.Messages.Count == 3, "the notes played while away");
        Assert.Equal([ShortMessage.NoteOff(0, 60), ShortMessage.NoteOn(0, 72, 90), ShortMessage.NoteOff(0, 72)], sink.Messages);

        server.SampleRate = 44100;
        Assert.True(server.TryStart(out var reason), reason);
        var last = client.Clock.Now;
        Wait.For(client.TryReopen, "the client to be back");
        Assert.True(client.Clock.Now >= last);
        Assert.Equal(44100, client.SampleRate);
        Assert.Equal("quantumimprov", client.ClientName);
        Assert.Equal([48000, 44100], synths.Select(synth => synth.SampleRate));
        Assert.True(synths[0].Disposed);
        Assert.False(client.TryTurnWhileAway(client.Clock.Now, sink));
        Assert.Equal(["system:playback_1"], client.Connections(JackEnd.Right));

        // The peers come back later than the server: their cables follow.
        using var peer = new RawPeer("peer", server.Name);
        using var giver = new RawPeer("giver", server.Name);
        Assert.True(client.TryReopen());
        Assert.Equal(["giver:to"], client.Connections(JackEnd.In));
        Assert.Equal(["peer:from"], client.Connections(JackEnd.Out));
        Assert.Equal(["peer:hear"], client.Connections(JackEnd.Left));

        // Time neither waits for the new server's counter, which began anew, nor runs away; the bounds only forgive a busy machine.
        var present = (uint)client.Clock.ToFrame(client.Clock.Now);
        Assert.InRange((int)(peer.Now - present), -4410, 441_000);
        Assert.InRange(client.Clock.Now.SecondsSince(last), 0, 10);
        for (var i = 0; i < 10_000; i++)
        {
            var now = client.Clock.Now;
            Assert.True(now >= last);
            last = now;
        }

        rig.TakePeers(peer, giver);
        rig.WithoutXruns(() =>
        {
            var came = peer.CameCount;
            var frame = rig.FrameIn(100);
            Assert.Equal(frame, client.Clock.ToFrame(client.Clock.ToHost(frame)));
            rig.Hand(frame, frame + 441, 65);
            giver.Send((uint)frame, 0x90, 50, 1);
            return (() => peer.CameCount == came + 2, () =>
            {
                Assert.Equal(((uint)frame, 0x90 << 16 | 65 << 8 | 100), peer.Came[came]);
                Assert.Equal([new TimedMessage(client.Clock.ToHost(frame), ShortMessage.NoteOn(0, 50, 1))], rig.Read(1));
            });
        });
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void A_server_whose_periods_stop_without_a_word_counts_as_gone(Callback callback)
    {
        var time = new ManualTime();
        using (var client = JackRig.Open(house.Server.Name, new Player(), callback, time: time))
        {
            Assert.True(client.TryConnect(JackEnd.Left, "system:playback_1", out var report), report);

            // Seven seconds pass between two periods, unless a period slips in between this line and the next.
            Wait.For(() => Stall(client, time), "the stall to be seen");
            Assert.True(client.IsRunning);
            Assert.Equal(["system:playback_1"], client.Connections(JackEnd.Left));
        }

        static bool Stall(JackClient client, ManualTime time)
        {
            var before = client.Clock.Scale;
            time.Advance(TimeSpan.FromSeconds(7));
            return client.TryReopen() && client.Clock.Scale != before;
        }
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void A_change_of_rate_under_the_running_client_bends_time_without_a_jump(Callback callback)
    {
        // What PipeWire does when its graph changes rate; jackd never does, so the callback is called by hand.
        var synths = new List<EdgeSynth>();
        using var rig = new JackRig(house.Server.Name, callback, rate =>
        {
            synths.Add(new EdgeSynth(rate));
            return synths[^1];
        });
        var before = rig.Client.Clock.Now;
        rig.Client.HearSampleRate(96000);
        Assert.InRange(rig.Client.Clock.Now.SecondsSince(before), 0, 0.5);
        Assert.Equal(96000, rig.Client.SampleRate);
        Assert.True(rig.Client.TryReopen());
        Assert.Equal([48000, 96000], synths.Select(synth => synth.SampleRate));
        Assert.True(synths[0].Disposed);
        rig.WithoutXruns(() =>
        {
            var came = rig.Peer.CameCount;
            var on = rig.FrameIn(100);
            rig.Hand(on, on + 100, 60);
            return (() => rig.Peer.CameCount == came + 2, () => Assert.Equal((uint)on, rig.Peer.Came[came].Frame));
        });
    }

    private sealed class ListSink : IMessageSink
    {
        public List<ShortMessage> Messages { get; } = [];

        public void Emit(HostTime at, ShortMessage message) => Messages.Add(message);
    }
}
