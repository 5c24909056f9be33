using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.State;
using QuantumImprov.Plugin.Tests.Processing;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>What holds in every format, with the published library behind it.</summary>
public class FormatTests
{
    private const long Second = Song.Rate;

    public static TheoryData<string> Formats => ["clap", "lv2", "vst3"];

    private static int Place(Parameter parameter) => ParameterTable.IndexOf(parameter);

    private static void Set(HostRig rig, Parameter parameter, double value) => rig.Process(1, [new HostedEvent(0, default, Place(parameter), value)]);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Blocks_of_any_sizes_give_the_same_notes_and_the_same_in_every_format(string format)
    {
        var song = Song.Phrases(3, 30);
        List<(long, ShortMessage)>? expected = null;
        foreach (var (name, sizes) in ((string, int)[])[("clap", 64), (format, 1), (format, 2)])
        {
            using var rig = HostRig.Make(name);
            rig.Activate();
            Set(rig, ParameterTable.Seed, 7);
            var random = new Random(sizes);
            var played = rig.Play(song, 1, 35 * Second, sizes switch { 64 => () => 64, 1 => () => random.Next(1, 8193), _ => () => random.Next(1, 50) });
            expected ??= played;
            Assert.Equal(expected, played);
        }

        Assert.True(expected!.Count(m => m.Item2.IsNoteOn) > 10);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Nothing_is_allocated_in_a_hundred_thousand_blocks_of_learning_and_answering(string format)
    {
        var song = Song.Phrases(11, 280, longest: 40);
        using var rig = HostRig.Make(format);
        rig.Activate();
        Set(rig, ParameterTable.Sound, 1);
        var (before, collections) = (rig.Allocated, PluginLibrary.Collections(format));
        var played = rig.Play(song, 1, 1 + 100_000 * 128, () => 128);
        Assert.Equal(0, rig.Allocated - before);
        Assert.Equal(collections, PluginLibrary.Collections(format));
        Assert.True(played.Count(m => m.Message.IsNoteOn) > 100);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_state_survives_in_pieces_of_three_bytes_and_answers_as_before(string format)
    {
        var song = Song.Phrases(5, 40);
        using var rig = HostRig.Make(format);
        rig.Activate();
        Set(rig, ParameterTable.Novelty, .25);
        Set(rig, ParameterTable.Preset, ParameterTable.Preset.Choices.IndexOf("daring"));
        rig.Play(song, 2, 40 * Second, () => 256);
        var state = rig.Save(3);
        rig.Process(1, [new HostedEvent(0, default, Place(ParameterTable.Seed), 5)]);
        using var other = HostRig.Make(format);
        Assert.True(other.Load(state, 3));
        // In LV2 the parameters are the host's to save.
        if (format != "lv2") Assert.Equal(state, other.Save());
        else Assert.Equal(PluginState.Read(state, out _).Content, PluginState.Read(other.Save(), out _).Content);
        other.Activate();
        if (format == "lv2")
        {
            // Ports are the host's to restore.
            Set(other, ParameterTable.Novelty, .25);
            Set(other, ParameterTable.Preset, ParameterTable.Preset.Choices.IndexOf("daring"));
        }

        using var third = HostRig.Make(format);
        Assert.True(third.Load(state));
        third.Activate();
        if (format == "lv2")
        {
            Set(third, ParameterTable.Novelty, .25);
            Set(third, ParameterTable.Preset, ParameterTable.Preset.Choices.IndexOf("daring"));
        }

        Set(other, ParameterTable.Seed, 3);
        Set(third, ParameterTable.Seed, 3);
        var again = Song.Phrases(6, 20);
        var played = other.Play(again, 3, 25 * Second, () => 64);
        Assert.Equal(played, third.Play(again, 3, 25 * Second, () => 512));
        Assert.Contains(played, m => m.Message.IsNoteOn);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_state_loaded_between_two_blocks_counts_even_when_there_is_no_other_block(string format)
    {
        using var rig = HostRig.Make(format);
        rig.Activate();
        rig.Play(Song.Phrases(5, 20), 0, 24 * Second, () => 256);
        var state = rig.Save();
        var learned = PluginState.Read(state, out _).Content;
        Assert.NotNull(learned);
        using var other = HostRig.Make(format);
        other.Activate();
        Assert.True(other.Load(state));
        Assert.Equal(learned, PluginState.Read(other.Save(), out _).Content);
        other.Deactivate();
        other.Activate();
        other.Process(64, []);
        Assert.Equal(learned, PluginState.Read(other.Save(), out _).Content);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_damaged_state_gives_defaults_and_is_refused(string format)
    {
        using var rig = HostRig.Make(format);
        rig.Activate();
        rig.Play(Song.Phrases(5, 10), 0, 12 * Second, () => 256);
        var state = rig.Save();
        var random = new Random(1);
        for (var i = 0; i < 60; i++)
        {
            var damaged = i == 0 ? [] : i < 20 ? state[..random.Next(state.Length)] : (byte[])state.Clone();
            if (i >= 20) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.False(rig.Load(damaged, random.Next(1, 5000)));
            rig.Process(64, []);
        }

        if (rig is ClapRig clap) Assert.All(clap.Log, sentence => Assert.Matches("^The state.*\\.$", sentence));
        Assert.True(rig.Load(state));
        rig.Process(64, []);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bypass_passes_notes_through_at_their_samples_and_leaves_none_hanging(string format)
    {
        using var rig = HostRig.Make(format);
        rig.Activate();
        Set(rig, ParameterTable.Bypass, 1);
        rig.Process(128, [new HostedEvent(17, ShortMessage.NoteOn(0, 60, 100)), new HostedEvent(90, ShortMessage.NoteOn(0, 64, 100)), new HostedEvent(100, ShortMessage.NoteOff(0, 60))]);
        Assert.Equal([(17, ShortMessage.NoteOn(0, 60, 100)), (90, ShortMessage.NoteOn(0, 64, 100)), (100, ShortMessage.NoteOff(0, 60))], rig.Out);
        Set(rig, ParameterTable.Bypass, 0);
        rig.Process(128, [new HostedEvent(5, ShortMessage.NoteOff(0, 64)), new HostedEvent(6, ShortMessage.NoteOn(0, 65, 80))]);
        Assert.Equal([(5, ShortMessage.NoteOff(0, 64))], rig.Out);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_note_on_has_its_note_off_when_the_host_takes_little_and_stops_often(string format)
    {
        using var rig = HostRig.Make(format);
        rig.Activate();
        Set(rig, ParameterTable.Thru, 1);
        var (song, sounding, random) = (Song.Phrases(9, 60), new int[16 * 128], new Random(4));
        var next = 0;
        for (var now = 1L; now < 62 * Second;)
        {
            var frames = random.Next(1, 1024);
            List<HostedEvent> events = [];
            for (; next < song.Length && song[next].Sample < now + frames; next++) events.Add(new HostedEvent((int)Math.Max(0, song[next].Sample - now), song[next].Message));
            rig.Room = random.Next(4) == 0 ? random.Next(3) : int.MaxValue;
            rig.Process(frames, [.. events], HostRig.At(now % (7 * Second), 120, playing: now % (11 * Second) > Second));
            Count();
            now += frames;
        }

        rig.Room = int.MaxValue;
        Set(rig, ParameterTable.Panic, 1);
        Count();
        for (var i = 0; i < 50; i++)
        {
            rig.Process(512, []);
            Count();
        }

        Assert.All(sounding, count => Assert.Equal(0, count));

        void Count()
        {
            foreach (var (_, message) in rig.Out)
            {
                var key = message.Channel << 7 | message.Data1;
                if (message.IsNoteOn) sounding[key]++;
                else if (message.IsNoteOff && sounding[key] > 0) sounding[key] = 0;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Two_instances_do_not_hear_each_other(string format)
    {
        var song = Song.Phrases(3, 20);
        using var alone = HostRig.Make(format);
        alone.Activate();
        Set(alone, ParameterTable.Seed, 7);
        var expected = alone.Play(song, 1, 22 * Second, () => 256);
        using var first = HostRig.Make(format);
        using var second = HostRig.Make(format);
        first.Activate();
        second.Activate();
        Set(first, ParameterTable.Seed, 7);
        Set(second, ParameterTable.Seed, 8);
        var (one, two) = (new List<(long, ShortMessage)>(), new List<(long, ShortMessage)>());
        for (var now = 1L; now < 22 * Second; now += 256)
        {
            one.AddRange(first.Play(song, now, Math.Min(now + 256, 22 * Second), () => 256));
            two.AddRange(second.Play(Song.Phrases(4, 20), now, Math.Min(now + 256, 22 * Second), () => 256));
        }

        Assert.Equal(expected, one);
        Assert.NotEqual(one, two);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Activation_after_activation_survives(string format)
    {
        using var rig = HostRig.Make(format);
        for (var i = 0; i < 25; i++)
        {
            rig.Activate(i % 3 == 0 ? 44_100 : 48_000);
            rig.Play(Song.Phrases(i, 2), 0, i % 2 * 3 * Second, () => 512);
            rig.Deactivate();
        }

        rig.Activate();
        Set(rig, ParameterTable.Seed, 7);
        Assert.Contains(rig.Play(Song.Phrases(3, 20), 1, 25 * Second, () => 512), m => m.Message.IsNoteOn);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Sound_is_heard_only_when_it_is_wanted(string format)
    {
        using var rig = HostRig.Make(format);
        rig.Activate();
        var song = Song.Phrases(3, 20);
        Assert.Equal(0, Loudest(0, 10));
        Set(rig, ParameterTable.Sound, 1);
        Assert.InRange(Loudest(10, 24), .01f, 1);

        float Loudest(int from, int until)
        {
            var loudest = 0f;
            for (var now = from * Second; now < until * Second; now += 512)
            {
                rig.Play(song, now, now + 512, () => 512);
                for (var i = 0; i < 512; i++) loudest = Math.Max(loudest, Math.Abs(rig.Left[i]));
            }

            return loudest;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Whatever_comes_in_whatever_blocks_nothing_breaks_and_nothing_hangs(string format)
    {
        var (random, blocks) = (new Random(format.Length * 31 + format[0]), 0);
        for (var round = 0; blocks < 40_000; round++)
        {
            using var rig = HostRig.Make(format);
            rig.Activate(round % 4 == 3 ? random.Next(8_000, 200_000) : 48_000);
            var sounding = new int[16 * 128];
            var (before, playing, place) = (rig.Allocated, false, 0L);
            var some = random.Next(1500, 5000);
            for (var i = 0; i < some; i++, blocks++)
            {
                var frames = random.Next(20) == 0 ? random.Next(1, 8193) : random.Next(1, 200);
                var events = new HostedEvent[random.Next(6) == 0 ? random.Next(30) : random.Next(3)];
                for (var e = 0; e < events.Length; e++) events[e] = Any(random, frames);
                if (random.Next(3) > 0) Array.Sort(events, (a, b) => a.Offset.CompareTo(b.Offset));
                if (random.Next(300) == 0) playing = !playing;
                if (random.Next(400) == 0) place = random.Next(1 << 24);
                rig.Process(frames, events, random.Next(10) == 0 ? null : HostRig.At(place, random.Next(200) == 0 ? random.Next(-50, 2000) : 120, playing));
                var last = 0;
                foreach (var (offset, message) in rig.Out)
                {
                    Assert.InRange(offset, last, frames - 1);
                    last = offset;
                    var key = message.Channel << 7 | message.Data1 & 127;
                    if (message.IsNoteOn) sounding[key]++;
                    else if (message.IsNoteOff) sounding[key] = 0;
                }

                place += frames;
            }

            Assert.Equal(0, rig.Allocated - before);
            rig.Process(64, [new HostedEvent(0, default, Place(ParameterTable.Panic), 0), new HostedEvent(1, default, Place(ParameterTable.Bypass), 0), new HostedEvent(2, default, Place(ParameterTable.Panic), 1)]);
            Set(rig, ParameterTable.Panic, 0);
            Set(rig, ParameterTable.Panic, 1);
            foreach (var (_, message) in rig.Out)
            {
                if (message.IsNoteOff) sounding[message.Channel << 7 | message.Data1] = 0;
            }
        }
    }

    private static HostedEvent Any(Random random, int frames)
    {
        var offset = random.Next(frames);
        return random.Next(12) switch
        {
            0 => new HostedEvent(offset, default, random.Next(ParameterTable.All.Length), random.Next(5) == 0 ? random.NextDouble() * 1e6 - 5e5 : random.Next(20)),
            1 => new HostedEvent(offset, new ShortMessage((byte)random.Next(0x80, 0x100), (byte)random.Next(128), (byte)random.Next(128))),
            2 => new HostedEvent(offset, ShortMessage.Control(random.Next(16), random.Next(128), random.Next(128))),
            < 8 => new HostedEvent(offset, ShortMessage.NoteOn(random.Next(4) == 0 ? random.Next(16) : 0, random.Next(40, 90), random.Next(1, 128))),
            _ => new HostedEvent(offset, ShortMessage.NoteOff(random.Next(4) == 0 ? random.Next(16) : 0, random.Next(40, 90))),
        };
    }
}
