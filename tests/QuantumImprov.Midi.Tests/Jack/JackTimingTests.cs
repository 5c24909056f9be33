using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>Frames are exact unless the server reports an xrun.</summary>
[Collection("JACK")]
public sealed class JackTimingTests(JackHouse house)
{
    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void A_phrase_played_in_arrives_with_its_exact_frames(Callback callback)
    {
        const int notes = 100;
        using var rig = new JackRig(house.Server.Name, callback);
        rig.WithoutXruns(() =>
        {
            var (expected, read) = (new List<TimedMessage>(), new List<TimedMessage>());
            var start = rig.FrameIn(100);
            for (var i = 0; i < notes; i++)
            {
                Play(start + i * 311, ShortMessage.NoteOn(0, 40 + i % 50, 1 + i));
                Play(start + i * 311 + 150, ShortMessage.NoteOff(0, 40 + i % 50));
            }

            return (Complete, () => Assert.Equal(expected, read));

            void Play(long frame, ShortMessage message)
            {
                expected.Add(new TimedMessage(rig.Client.Clock.ToHost(frame), message));
                rig.Giver.Send((uint)frame, message.Status, message.Data1, message.Data2);
            }

            bool Complete()
            {
                rig.Client.WaitForInput(TimeSpan.FromMilliseconds(100));
                while (rig.Client.TryReadInput(out var message)) read.Add(message);
                return read.Count >= expected.Count;
            }
        });
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void Planned_notes_leave_at_exactly_their_frames(Callback callback)
    {
        const int notes = 60;
        using var rig = new JackRig(house.Server.Name, callback);
        rig.WithoutXruns(() =>
        {
            var came = rig.Peer.CameCount;
            var expected = new List<(uint, int)>();
            var start = rig.FrameIn(100);
            for (var i = 0; i < notes; i++)
            {
                var on = start + i * 613;
                rig.Hand(on, on + 240, 30 + i % 64, 1 + i % 127);
                expected.Add(((uint)on, 0x90 << 16 | 30 + i % 64 << 8 | 1 + i % 127));
                expected.Add(((uint)(on + 240), 0x80 << 16 | 30 + i % 64 << 8 | 64));
            }

            return (() => rig.Peer.CameCount >= came + expected.Count, () => Assert.Equal(expected, rig.Peer.Came.Skip(came)));
        });
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void The_synth_sounds_from_the_very_frame_of_the_note(Callback callback)
    {
        EdgeSynth? synth = null;
        using (var rig = new JackRig(house.Server.Name, callback, rate => synth = new EdgeSynth(rate)))
        {
            rig.WithoutXruns(() =>
            {
                rig.Peer.Record();
                var on = rig.FrameIn(100);
                rig.Hand(on, on + 1000, 60);
                rig.Hand(on + 77, on + 500, 64);
                return (() => (int)((uint)on - rig.Peer.Audio.First) + 4000 < rig.Peer.Audio.Samples.Length, () => Check(on + rig.Client.AudioLatency));
            });
            Assert.Equal(callback == Callback.Native ? 512 : 0, rig.Client.AudioLatency);

            void Check(long on)
            {
                var (first, samples) = rig.Peer.Audio;
                var at = (int)((uint)on - first);
                var expected = new float[samples.Length];
                expected.AsSpan(at, 1000).Fill(0.25f);
                expected.AsSpan(at + 77, 500 - 77).Fill(0.5f);
                Assert.Equal(-1, Enumerable.Range(0, samples.Length).FirstOrDefault(i => samples[i] != expected[i], -1));
            }
        }

        Assert.True(synth!.Disposed);
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void More_messages_than_a_period_holds_all_go_out_in_order_a_little_later(Callback callback)
    {
        // A port's buffer holds some 2,700 messages however long the period; a long one leaves the player time for so many.
        const int notes = 2000;
        using var rig = new JackRig(house.Server.Name, callback);
        try
        {
            Assert.Equal(0, house.Server.Run("jack_bufsize", "1024"));
            rig.WithoutXruns(() =>
            {
                var came = rig.Peer.CameCount;
                var on = rig.FrameIn(200);
                for (var i = 0; i < notes; i++) rig.Hand(on, on + 10, i % 8);
                return (() => rig.Peer.CameCount >= came + notes * 2, () => Check(came));
            });
        }
        finally
        {
            house.Server.Run("jack_bufsize", $"{JackHouse.Period}");
        }

        void Check(int came)
        {
            Assert.Equal(notes * 2, rig.Peer.CameCount - came);
            Assert.True(rig.Client.Stats is { DelayedWrites: > 0, LostWrites: 0 }, "This test wants more than a period holds.");
            var down = new int[128];
            foreach (var (_, bytes) in rig.Peer.Came.Skip(came))
            {
                down[bytes >> 8 & 127] += bytes >> 16 == 0x90 ? 1 : -1;
                Assert.InRange(down[bytes >> 8 & 127], 0, 1);
            }

            Assert.All(down, count => Assert.Equal(0, count));
        }
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void The_callback_allocates_nothing_and_an_allocation_in_it_is_seen(Callback callback)
    {
        EdgeSynth? synth = null;
        using var rig = new JackRig(house.Server.Name, callback, rate => synth = new EdgeSynth(rate));
        var start = rig.FrameIn(100);
        for (var i = 0; i < 500; i++)
        {
            rig.Hand(start + i * 97, start + i * 97 + 900, i % 128);
            rig.Giver.Send((uint)(start + i * 97), 0x90, 60, 100);
            rig.Giver.Send((uint)(start + i * 97), 0xF0, 1, 2, 3, 0xF7);
        }

        Wait.For(() => rig.Client.Stats.Written >= 1000 && rig.Giver.AllSent, "all notes");
        rig.PassPeriods(10);
        Assert.Equal(0, rig.Client.Stats.AllocatedBytes);

        // An xrun may have cost some of them.
        Assert.InRange(rig.Client.Stats.SkippedExclusives, 400, 500);
        Assert.InRange(rig.Read(500).Count, 400, 500);
        synth!.Allocates = true;
        var on = rig.FrameIn(50);
        rig.Hand(on, on + 100, 60);
        Wait.For(() => rig.Client.Stats.AllocatedBytes >= 2000, "the allocation to be counted");
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void A_synth_that_throws_costs_its_period_and_nothing_else(Callback callback)
    {
        EdgeSynth? synth = null;
        using var rig = new JackRig(house.Server.Name, callback, rate => synth = new EdgeSynth(rate));
        synth!.Throws = true;
        var on = rig.FrameIn(50);
        rig.Hand(on, on + 100, 60);
        Wait.For(() => rig.Client.Stats.Faults > 0, "the fault");
        synth.Throws = false;
        rig.WithoutXruns(() =>
        {
            var came = rig.Peer.CameCount;
            var next = rig.FrameIn(50);
            rig.Hand(next, next + 100, 62);
            return (() => rig.Peer.CameCount >= came + 2, () => Assert.Equal((uint)next, rig.Peer.Came[came].Frame));
        });
        Assert.True(rig.Client.IsRunning);
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void Ten_thousand_garbage_messages_a_second_do_not_hide_the_note_after_them(Callback callback)
    {
        const int seconds = 3, perSecond = 10_000;
        using var rig = new JackRig(house.Server.Name, callback);
        var random = new Xoshiro(7);
        var start = rig.FrameIn(200);
        var sound = 0;
        for (var i = 0; i < seconds * perSecond; i++)
        {
            var bytes = new byte[1 + random.NextInt(6)];
            foreach (ref var b in bytes.AsSpan()) b = (byte)random.NextInt(256);
            if (new InputDecoder().TryDecode(bytes, out _)) sound++;
            rig.Giver.Send((uint)(start + i * 24L / 5), bytes);
        }

        // More than one, should an xrun cost a period.
        for (var i = 0; i < 20; i++) rig.Giver.Send((uint)(start + seconds * 48000 + 480 + i * 960), 0x93, 72, 99);
        var read = new List<ShortMessage>();
        var deadline = rig.Client.Clock.Now.PlusSeconds(seconds + 10);
        while (!read.Contains(ShortMessage.NoteOn(3, 72, 99)) && rig.Client.Clock.Now < deadline)
        {
            rig.Client.WaitForInput(TimeSpan.FromMilliseconds(100));
            while (rig.Client.TryReadInput(out var message)) read.Add(message.Message);
        }

        Assert.Contains(ShortMessage.NoteOn(3, 72, 99), read);
        Assert.True(rig.Client.Stats.Malformed > perSecond, $"{rig.Client.Stats}");
        Assert.Equal((0, 0, 0), (rig.Client.Stats.AllocatedBytes, rig.Client.Stats.Faults, rig.Client.Stats.LostInput + rig.Giver.Refused));
        Assert.InRange(read.Count, 1, sound + 20);
    }

    [Theory]
    [MemberData(nameof(JackRig.Callbacks), MemberType = typeof(JackRig))]
    public void The_measurement_finds_planned_notes_exact(Callback callback)
    {
        JackRig.Need(callback);
        Assert.True(PlannedTiming.TryRun(new TimingOptions { ServerName = house.Server.Name, Notes = 40, Repeats = 10, Managed = callback == Callback.Managed }, out var result, out var reason), reason);
        Assert.Equal((40, 40, 0, 0), (result.Sent, result.Received, result.LateNotes, result.AllocatedBytes));
        Assert.True(result.Xruns == 0 && result.ExactFrameShare == 1, $"{result}");
        Assert.InRange(result.Attempts, 1, 11);
        Assert.Equal(callback == Callback.Native, result.IsNative);
    }

    [Theory]
    [InlineData(Callback.Managed, 0)]
    [InlineData(Callback.Managed, 4)]
    [InlineData(Callback.Native, 0)]
    [InlineData(Callback.Native, 4)]
    public void A_key_that_is_followed_comes_out_at_the_very_frame_it_went_in_at(Callback callback, int semitones)
    {
        JackRig.Need(callback);
        var options = new TimingOptions { ServerName = house.Server.Name, Notes = 40, Repeats = 10, Managed = callback == Callback.Managed };
        Assert.True(FollowTiming.TryRun(options, semitones, out var result, out var reason), reason);
        Assert.Equal((0, 40, 40, 1.0), (result.Xruns, result.Sent, result.Received, result.ExactFrameShare));
        Assert.Equal((0.0, 0.0, 0.0), (result.QuantileMs(.5, 0), result.QuantileMs(.99, 0), result.DeviationMs));
        Assert.Equal((JackHouse.Period, 48000, callback == Callback.Native), (result.Period, result.Rate, result.IsNative));
    }

    [Fact]
    public void The_measurement_refuses_an_impossible_number_of_notes()
    {
        Assert.False(PlannedTiming.TryRun(new TimingOptions { ServerName = house.Server.Name, Notes = 0 }, out _, out var reason));
        Assert.Equal("The number of notes is 0; allowed is 1 to 100000.", reason);
    }
}
