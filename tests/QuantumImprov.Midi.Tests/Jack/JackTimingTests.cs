using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

/// <summary>Frames are exact unless the server reports an xrun; a run that saw one says nothing and is repeated, a bounded number of times.</summary>
[Collection("JACK")]
public sealed class JackTimingTests(JackHouse house)
{
    private const int Attempts = 4;

    [Fact]
    public void A_phrase_played_in_arrives_with_its_exact_frames() => WithoutXruns(() => new JackRig(house.Server.Name), rig =>
    {
        const int notes = 100;
        var start = rig.FrameIn(100);
        var expected = new List<TimedMessage>();
        for (var i = 0; i < notes; i++)
        {
            Play(start + i * 311, ShortMessage.NoteOn(0, 40 + i % 50, 1 + i));
            Play(start + i * 311 + 150, ShortMessage.NoteOff(0, 40 + i % 50));
        }

        void Play(long frame, ShortMessage message)
        {
            expected.Add(new TimedMessage(rig.Client.Clock.ToHost(frame), message));
            rig.Giver.Send((uint)frame, message.Status, message.Data1, message.Data2);
        }

        var read = rig.Read(expected.Count);
        Assert.Equal(expected.Select(e => e.Message), read.Select(r => r.Message));
        return () => Assert.Equal(expected, read);
    });

    [Fact]
    public void Planned_notes_leave_at_exactly_their_frames() => WithoutXruns(() => new JackRig(house.Server.Name), rig =>
    {
        const int notes = 200;
        var start = rig.FrameIn(100);
        var expected = new List<(uint, int)>();
        for (var i = 0; i < notes; i++)
        {
            var on = start + i * 613;
            rig.Hand(on, on + 240, 30 + i % 64, 1 + i % 127);
            expected.Add(((uint)on, 0x90 << 16 | 30 + i % 64 << 8 | 1 + i % 127));
            expected.Add(((uint)(on + 240), 0x80 << 16 | 30 + i % 64 << 8 | 64));
        }

        Wait.For(() => rig.Peer.CameCount >= expected.Count, "all notes");
        Assert.Equal(expected.Select(e => e.Item2), rig.Peer.Came.Select(c => c.Bytes));
        Assert.Equal((0L, expected.Count), (rig.Client.Stats.LateNotes, (int)rig.Client.Stats.Written));
        return () => Assert.Equal(expected, rig.Peer.Came);
    });

    [Fact]
    public void The_synth_sounds_from_the_very_frame_of_the_note()
    {
        EdgeSynth? synth = null;
        WithoutXruns(() => new JackRig(house.Server.Name, rate => synth = new EdgeSynth(rate)), rig =>
        {
            var on = rig.FrameIn(100);
            rig.Hand(on, on + 1000, 60);
            rig.Hand(on + 77, on + 500, 64);
            Wait.For(() => rig.Peer.Audio.Samples.Length > (int)((uint)on - rig.Peer.Audio.First) + 4000, "the recording");
            var (first, samples) = rig.Peer.Audio;
            Assert.Equal(0.5f, samples.Max());
            return () =>
            {
                var at = (int)((uint)on - first);
                Assert.All(samples[..at], sample => Assert.Equal(0, sample));
                Assert.All(samples[at..(at + 77)], sample => Assert.Equal(0.25f, sample));
                Assert.All(samples[(at + 77)..(at + 500)], sample => Assert.Equal(0.5f, sample));
                Assert.All(samples[(at + 500)..(at + 1000)], sample => Assert.Equal(0.25f, sample));
                Assert.All(samples[(at + 1000)..], sample => Assert.Equal(0, sample));
            };
        });
        Assert.True(synth!.Disposed);
    }

    [Fact]
    public void The_callback_allocates_nothing_and_an_allocation_in_it_is_seen()
    {
        EdgeSynth? synth = null;
        using var rig = new JackRig(house.Server.Name, rate => synth = new EdgeSynth(rate));
        var start = rig.FrameIn(100);
        for (var i = 0; i < 500; i++)
        {
            rig.Hand(start + i * 97, start + i * 97 + 900, i % 128);
            rig.Giver.Send((uint)(start + i * 97), 0x90, 60, 100);
            rig.Giver.Send((uint)(start + i * 97), 0xF0, 1, 2, 3, 0xF7);
        }

        Assert.Equal(500, rig.Read(500).Count);
        Wait.For(() => rig.Client.Stats.Written >= 1000, "all notes");
        Assert.Equal((0, 500), (rig.Client.Stats.AllocatedBytes, rig.Client.Stats.SkippedExclusives));
        synth!.Allocates = true;
        var on = rig.FrameIn(50);
        rig.Hand(on, on + 100, 60);
        Wait.For(() => rig.Client.Stats.AllocatedBytes >= 2000, "the allocation to be counted");
    }

    [Fact]
    public void A_synth_that_throws_costs_its_period_and_nothing_else()
    {
        EdgeSynth? synth = null;
        using var rig = new JackRig(house.Server.Name, rate => synth = new EdgeSynth(rate));
        synth!.Throws = true;
        var on = rig.FrameIn(50);
        rig.Hand(on, on + 100, 60);
        Wait.For(() => rig.Client.Stats.Faults > 0, "the fault");
        synth.Throws = false;
        rig.PassPeriods(50);
        var came = rig.Peer.CameCount;
        on = rig.FrameIn(50);
        rig.Hand(on, on + 100, 62);
        Wait.For(() => rig.Peer.CameCount >= came + 2, "the next note");
        Assert.True(rig.Client.IsRunning);
    }

    [Fact]
    public void Ten_thousand_garbage_messages_a_second_do_not_hide_the_note_after_them()
    {
        const int seconds = 3, perSecond = 10_000;
        using var rig = new JackRig(house.Server.Name);
        var random = new QuantumImprov.Quantum.Randomness.Xoshiro(7);
        var start = rig.FrameIn(200);
        var sound = 0;
        for (var i = 0; i < seconds * perSecond; i++)
        {
            var bytes = new byte[1 + random.NextInt(6)];
            foreach (ref var b in bytes.AsSpan()) b = (byte)random.NextInt(256);
            if (new InputDecoder().TryDecode(bytes, out _)) sound++;
            rig.Giver.Send((uint)(start + i * 24L / 5), bytes);
        }

        rig.Giver.Send((uint)(start + seconds * 48000 + 480), 0x93, 72, 99);
        var read = new List<ShortMessage>();
        var deadline = rig.Client.Clock.Now.PlusSeconds(seconds + 10);
        while (!read.Contains(ShortMessage.NoteOn(3, 72, 99)) && rig.Client.Clock.Now < deadline)
        {
            rig.Client.WaitForInput(TimeSpan.FromMilliseconds(100));
            while (rig.Client.TryReadInput(out var message)) read.Add(message.Message);
        }

        Assert.Equal(ShortMessage.NoteOn(3, 72, 99), read[^1]);
        Assert.True(rig.Client.Stats.Malformed > perSecond, $"{rig.Client.Stats}");
        Assert.Equal((0, 0, 0), (rig.Client.Stats.AllocatedBytes, rig.Client.Stats.Faults, rig.Client.Stats.LostInput + rig.Giver.Refused));
        Assert.InRange(read.Count, 1, sound + 1);
    }

    [Fact]
    public void The_measurement_finds_planned_notes_exact()
    {
        Assert.True(PlannedTiming.TryRun(new PlannedTimingOptions { ServerName = house.Server.Name, Notes = 100 }, out var result, out var reason), reason);
        Assert.Equal((100, 100, 0, 0), (result.Sent, result.Received, result.LateNotes, result.AllocatedBytes));
        Assert.True(result.Xruns == 0 && result.ExactFrameShare == 1, $"{result}");
        Assert.InRange(result.Attempts, 1, 4);
    }

    [Fact]
    public void The_measurement_refuses_an_impossible_number_of_notes()
    {
        Assert.False(PlannedTiming.TryRun(new PlannedTimingOptions { ServerName = house.Server.Name, Notes = 0 }, out _, out var reason));
        Assert.Equal("The number of notes is 0; allowed is 1 to 100000.", reason);
    }

    private static void WithoutXruns(Func<JackRig> make, Func<JackRig, Action> play)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            using var rig = make();
            var before = rig.Xruns;
            var check = play(rig);
            if (rig.Xruns > before) continue;
            check();
            return;
        }

        Assert.Fail($"The server reported an xrun in each of {Attempts} runs.");
    }
}
