using System.Diagnostics;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

[Collection("JACK")]
public sealed class JackClientTests(JackHouse house)
{
    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void The_four_ports_are_there_under_their_names(Callback callback)
    {
        using var client = JackRig.Open(house.Server.Name, new Player(), callback);
        var ours = client.Ports().Where(port => port.Name.StartsWith("quantumimprov", StringComparison.Ordinal));
        Assert.Equal(
            [
                new JackPort("quantumimprov:in", IsMidi: true, IsInput: true, IsPhysical: false),
                new JackPort("quantumimprov:left", IsMidi: false, IsInput: false, IsPhysical: false),
                new JackPort("quantumimprov:out", IsMidi: true, IsInput: false, IsPhysical: false),
                new JackPort("quantumimprov:right", IsMidi: false, IsInput: false, IsPhysical: false),
            ],
            ours.OrderBy(port => port.Name, StringComparer.Ordinal));
        Assert.Contains(client.Ports(), port => port is { Name: "system:playback_1", IsMidi: false, IsInput: true, IsPhysical: true });
        Assert.True(client.IsRunning);
        Assert.Equal((48000, JackHouse.Period), (client.SampleRate, client.BufferSize));
        Assert.True(JackPorts.TryList(house.Server.Name, out var seen, out _));
        Assert.Contains(seen, port => port.Name == "quantumimprov:out");
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void A_second_client_gets_another_name(Callback callback)
    {
        using var first = JackRig.Open(house.Server.Name, new Player(), callback);
        using var second = JackRig.Open(house.Server.Name, new Player(), callback);
        Assert.Equal("quantumimprov", first.ClientName);
        Assert.NotEqual(first.ClientName, second.ClientName);
        Assert.Contains(first.Ports(), port => port.Name == second.NameOf(JackEnd.In));
    }

    [Fact]
    public void Without_a_server_one_sentence_says_so_and_none_is_started()
    {
        _ = house.Server;
        var name = JackServer.FreshName();
        var began = Stopwatch.GetTimestamp();
        Assert.False(JackClient.TryOpen(new JackOptions { Player = new Player(), ServerName = name }, out var client, out var reason));
        Assert.Null(client);
        Assert.Equal($"No JACK server answers under the server name \"{name}\": start jackd or PipeWire, or name another server.", reason);
        Assert.False(JackPorts.TryList(name, out _, out var again));
        Assert.Equal(reason, again);
        Assert.False(PlannedTiming.TryRun(new TimingOptions { ServerName = name }, out _, out again));
        Assert.Equal(reason, again);

        // Three openings; a generous guard against hanging, not a measurement.
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
        Assert.Empty(Directory.GetFiles("/dev/shm", $"*{name}*"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("a name that is much longer than a server keeps")]
    public void An_impossible_client_name_gets_one_sentence(string name)
    {
        Assert.False(JackClient.TryOpen(new JackOptions { Player = new Player(), ServerName = house.Server.Name, ClientName = name }, out _, out var reason));
        Assert.Contains("allowed are 1 to 32 plain characters", reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void A_pattern_that_fits_nothing_is_told_what_there_is(Callback callback)
    {
        using var rig = new JackRig(house.Server.Name, callback);
        Assert.False(rig.Client.TryConnect(JackEnd.Out, "nobody*", out var report));
        Assert.Equal("No JACK MIDI input port matches \"nobody*\"; there are peer:from, giver:from.", report);
        Assert.True(rig.Client.TryConnect(JackEnd.Right, "SYSTEM:playback_?", out report));
        Assert.Equal("quantumimprov:right is connected with system:playback_1, system:playback_2.", report);
        Assert.True(rig.Client.TryDisconnect(JackEnd.Right, "system:playback_1", out report), report);
        Assert.Equal(["system:playback_2"], rig.Client.Connections(JackEnd.Right));
        Assert.False(rig.Client.TryDisconnect(JackEnd.Right, "system:playback_1", out report));
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void A_change_of_the_buffer_size_is_survived(Callback callback)
    {
        using var rig = new JackRig(house.Server.Name, callback);
        try
        {
            foreach (var size in new[] { 256, 64 })
            {
                Assert.Equal(0, house.Server.Run("jack_bufsize", size.ToString()));
                Wait.For(() => rig.Client.BufferSize == size, $"a buffer of {size} frames");
                rig.WithoutXruns(() =>
                {
                    var came = rig.Peer.CameCount;
                    var on = rig.FrameIn(100);
                    rig.Hand(on, on + 1000, 60);
                    return (() => rig.Peer.CameCount == came + 2, () => Assert.Equal((uint)on, rig.Peer.Came[came].Frame));
                });
            }
        }
        finally
        {
            house.Server.Run("jack_bufsize", $"{JackHouse.Period}");
        }
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void The_clock_tells_frames_and_does_not_go_back(Callback callback)
    {
        using var rig = new JackRig(house.Server.Name, callback);
        var last = rig.Client.Clock.Now;
        for (var i = 0; i < 200_000; i++)
        {
            var now = rig.Client.Clock.Now;
            Assert.True(now >= last);
            last = now;
        }

        // Two estimates of the present by two clients, one call apart.
        var ours = (uint)rig.Client.Clock.ToFrame(rig.Client.Clock.Now);
        Assert.InRange((int)(rig.Peer.Now - ours), -4800, 48000);
        Assert.InRange(rig.Client.Clock.ToFrame(rig.Client.Clock.ToHost(123_456_789_012)), 123_456_789_012, 123_456_789_012);
    }

    // The server tells an xrun after the fact; the note-off that a late peer may have missed comes once more.
    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void After_an_xrun_the_last_note_offs_are_sent_again(Callback callback)
    {
        EdgeSynth? synth = null;
        using var rig = new JackRig(house.Server.Name, callback, rate => synth = new EdgeSynth(rate));
        for (var attempt = 1; ; attempt++)
        {
            var (came, xruns) = (rig.Peer.CameCount, rig.Xruns);
            var on = rig.FrameIn(50);
            rig.Hand(on, on + 500, 63);
            Wait.For(() => rig.Peer.CameCount >= came + 2 || rig.Xruns > xruns, "the note");
            rig.Client.HearXrun();
            Wait.For(() => rig.Peer.CameCount >= came + 3 || rig.Xruns > xruns + 1, "the second note-off");
            rig.PassPeriods(20);
            // A real xrun may have cost a message or brought another repetition.
            if (rig.Xruns > xruns + 1 && attempt < 12) continue;
            Assert.Equal([0x90, 0x80, 0x80], rig.Peer.Came.Skip(came).Select(m => m.Bytes >> 16));
            // The synth has lost nothing and is told once.
            Wait.For(() => synth!.Down <= 0, "the synth to hear of the end");
            Assert.Equal(0, synth!.Down);
            return;
        }
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void A_followed_key_ends_when_its_instrument_is_unplugged(Callback callback)
    {
        using var rig = new JackRig(house.Server.Name, callback);
        Assert.True(rig.Player.TryFollow(FollowRule.Moved(0, ushort.MaxValue, 0, 12, 1)));
        rig.WithoutXruns(() =>
        {
            var came = rig.Peer.CameCount;
            var on = rig.FrameIn(50);
            rig.Giver.Send((uint)on, 0x91, 60, 99);
            return (() => rig.Peer.CameCount == came + 1, () => Assert.Equal(((uint)on, 0x90 << 16 | 72 << 8 | 99), rig.Peer.Came[came]));
        });
        Assert.Equal(1, rig.Player.Sounding);
        Assert.True(rig.Client.TryDisconnect(JackEnd.In, "giver:to", out var report), report);
        Wait.For(() => rig.Player.Sounding == 0, "the key to be let go");
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void Closing_ends_what_sounds(Callback callback)
    {
        var rig = new JackRig(house.Server.Name, callback);
        var on = rig.FrameIn(50);
        rig.Hand(on, on + 480_000, 61);
        Wait.For(() => rig.Player.Sounding == 1, "the note-on");
        var xruns = rig.Xruns;
        rig.Client.Dispose();
        Assert.Equal(0, rig.Player.Sounding);
        Wait.For(() => rig.Peer.Came.Any(came => came.Bytes >> 8 == (0x80 << 8 | 61)) || rig.Xruns > xruns, "the note-off");
        Assert.False(rig.Client.TryReopen());
        Assert.False(rig.Client.WaitForInput(TimeSpan.FromSeconds(5)));
        rig.Dispose();
    }
}
