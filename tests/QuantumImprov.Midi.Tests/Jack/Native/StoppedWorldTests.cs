using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack.Native;

/// <summary>What happens while a collection holds every managed thread of the process.</summary>
[Collection("JACK")]
public sealed partial class StoppedWorldTests(JackHouse house)
{
    private const int StandsStillFor = 200_000, Attempts = 12, BlockSignals = 0;

    [Fact]
    public void Planned_notes_leave_at_their_frames()
    {
        const int notes = 40;
        var player = new Player();
        using var client = JackRig.Open(house.Server.Name, player, Callback.Native);
        Assert.True(MeasurePeer.TryOpen("listener", new TimingOptions { ServerName = house.Server.Name }, 10_000, out var peer, out var reason), reason);
        using (peer)
        {
            Assert.True(client.TryConnect(JackEnd.Out, peer.In, out var report), report);
            for (var attempt = 1; attempt <= Attempts; attempt++)
            {
                var (xruns, came, periods) = (client.Stats.Xruns, peer.Count, client.Stats.Periods);
                var start = client.Clock.ToFrame(client.Clock.Now.Plus(20_000_000));
                for (var i = 0; i < notes; i++)
                {
                    var (on, off) = (client.Clock.ToHost(start + i * 200), client.Clock.ToHost(start + i * 200 + 100));
                    Assert.True(player.TryHand(new PlannedNote(on, off, 0, (byte)(40 + i), 100, player.Epoch)));
                }

                StandStill();

                // The notes lie within the standstill, and so do most of its 37 periods.
                var (passed, went) = (client.Stats.Periods - periods, peer.Count - came);
                Wait.For(() => player is { Pending: 0, Sounding: 0 } && client.Clock.ToFrame(client.Clock.Now) > start + notes * 200 + 4800, "the end of the notes");
                if (client.Stats.Xruns > xruns) continue;
                Assert.True(passed > 25, $"{passed} periods");
                Assert.Equal(notes, went);
                Assert.Equal(Enumerable.Range(0, notes).Select(i => client.Clock.ToCounter(start + i * 200)), Enumerable.Range(came, notes).Select(peer.Frame));
                return;
            }

            Assert.Fail($"The server reported an xrun in each of {Attempts} plays.");
        }
    }

    // What the native callback is for.
    [Fact]
    public void The_managed_callback_stands_still_too()
    {
        using var client = JackRig.Open(house.Server.Name, new Player(), Callback.Managed);
        var xruns = client.Stats.Xruns;
        StandStill();
        Wait.For(() => client.Stats.Xruns > xruns, "the server to miss the client");
    }

    [Fact]
    public void The_synth_falls_silent_for_so_long_and_is_exact_again_after_it()
    {
        using var rig = new JackRig(house.Server.Name, Callback.Native, rate => new EdgeSynth(rate), FallSilent);
        rig.WithoutXruns(() =>
        {
            rig.Peer.Record();
            var on = rig.FrameIn(100);
            rig.Hand(on, on + 1000, 60);
            return (() => (int)((uint)on - rig.Peer.Audio.First) + 4000 < rig.Peer.Audio.Samples.Length, () =>
            {
                var (first, samples) = rig.Peer.Audio;
                var expected = new float[samples.Length];
                expected.AsSpan((int)((uint)on - first) + rig.Client.AudioLatency, 1000).Fill(0.25f);
                Assert.Equal(-1, Enumerable.Range(0, samples.Length).FirstOrDefault(i => samples[i] != expected[i], -1));
            });
        });
    }

    private static void FallSilent(JackRig rig)
    {
        rig.PassPeriods(20);
        var held = rig.FrameIn(20);
        rig.Hand(held, held + 24_000, 70);
        StandStill();
        Assert.True(rig.Client.Stats.LateAudio > 0);
        Wait.For(() => rig.Player is { Pending: 0, Sounding: 0 }, "the end of the note");
    }

    // A thread that sleeps where the collector may not stop it, deaf to the signals by which it asks: a collection waits for it, and all others wait for the collection.
    private static void StandStill()
    {
        Sleep(1);
        var pauses = GC.GetTotalPauseDuration();
        var sleeper = new Thread(() =>
        {
            Span<ulong> all = stackalloc ulong[16];
            all.Fill(ulong.MaxValue);
            Assert.Equal(0, MaskSignals(BlockSignals, all, 0));
            Sleep(StandsStillFor);
        });
        sleeper.Start();
        do GC.Collect();
        while (sleeper.IsAlive);
        Assert.True(GC.GetTotalPauseDuration() - pauses > TimeSpan.FromMicroseconds(StandsStillFor / 2), "Nothing stood still.");
    }

    [SuppressGCTransition]
    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);

    [LibraryImport("libc", EntryPoint = "pthread_sigmask")]
    private static partial int MaskSignals(int how, ReadOnlySpan<ulong> set, nint former);
}
