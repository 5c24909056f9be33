using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Tests.Processing;

/// <summary>The host's song: its beat, its stops, its loops.</summary>
public class HostSyncTests
{
    private const long Second = Song.Rate, Beat = Second / 2, Bar = 2 * Second;

    // A phrase of eight quarters' worth from the first bar line of whatever passes.
    private static List<(long Sample, ShortMessage Message)> Phrase(long at) =>
        [.. ((byte[])[60, 62, 64, 65, 67, 64, 62, 60]).SelectMany((pitch, i) => new[] { (at + i * Beat / 2, ShortMessage.NoteOn(0, pitch, 90)), (at + i * Beat / 2 + Beat / 2 - 2000, ShortMessage.NoteOff(0, pitch)) }).Select(m => (m.Item1, m.Item2))];

    private sealed class Host(Rig rig, Func<long, (long Place, bool Plays)> song)
    {
        private readonly float[] _sound = new float[8192];

        internal List<(long Sample, ShortMessage Message)> Out { get; } = [];

        internal void Play(List<(long Sample, ShortMessage Message)> keys, long from, long until, Func<int> size)
        {
            var next = 0;
            for (var now = from; now < until;)
            {
                var frames = Math.Min(size(), until - now);
                // A host cuts its blocks where its song jumps, starts or stops.
                for (var i = 1L; i < frames; i++)
                {
                    if (song(now + i).Plays == song(now + i - 1).Plays && (!song(now).Plays || song(now + i).Place == song(now + i - 1).Place + 1)) continue;
                    frames = i;
                    break;
                }

                rig.Processor.Begin((int)frames);
                var (place, plays) = song(now);
                var quarters = place / (double)Beat;
                rig.Processor.Follow(0, new SongPlace(120, place / (double)Second, quarters, Math.Floor(quarters / 4) * 4, 4, 4, plays));
                for (; next < keys.Count && keys[next].Sample < now + frames; next++) rig.Processor.Hear((int)(keys[next].Sample - now), keys[next].Message);
                rig.Processor.End(_sound.AsSpan(0, (int)frames), _sound.AsSpan(0, (int)frames));
                foreach (var (offset, message) in rig.Processor.Played.All) Out.Add((now + offset, message));
                rig.Processor.Took(rig.Processor.Played.All.Length);
                now += frames;
            }
        }
    }

    private static long FirstNote(List<(long Sample, ShortMessage Message)> played, long after = 0) => played.First(m => m.Sample >= after && m.Message.IsNoteOn).Sample;

    [Theory]
    [InlineData(0)]
    [InlineData(12_345)]
    [InlineData(70_001)]
    public void Answers_come_in_on_the_beat_of_the_hosts_song(long start)
    {
        // The song's first beat is at `start`; the answer is not before it has been asked for, and on a division of a beat.
        var host = new Host(new Rig(), now => (now - start, now >= start));
        host.Play(Phrase(start + Bar), 0, start + 10 * Bar, () => 512);
        var first = FirstNote(host.Out);
        Assert.InRange(first, start + 2 * Bar - Beat / 2, start + 4 * Bar);
        // The first may be held over from just before its beat.
        var later = host.Out.Where(m => m.Message.IsNoteOn && m.Sample > first).ToList();
        Assert.NotEmpty(later);
        Assert.All(later, m => Assert.InRange((m.Sample - start + 3) % (Beat / 4), 0, 6));
    }

    [Fact]
    public void When_the_song_stops_everything_ends_at_that_very_sample()
    {
        var free = new Host(new Rig(), now => (now, true));
        free.Play(Phrase(Bar), 0, 12 * Bar, () => 256);
        var first = FirstNote(free.Out);
        var stop = first + 3333;
        var host = new Host(new Rig(), now => (Math.Min(now, stop), now < stop));
        host.Play(Phrase(Bar), 0, 12 * Bar, () => 256);
        Assert.Equal(free.Out.Where(m => m.Sample < stop), host.Out.Where(m => m.Sample < stop));
        Assert.All(host.Out.Where(m => m.Sample >= stop), m => Assert.True(m.Sample == stop && m.Message.IsNoteOff));
        Assert.Contains(host.Out, m => m.Sample == stop);
    }

    [Fact]
    public void When_the_song_jumps_everything_ends_at_once_and_the_answer_is_drawn_anew_for_the_new_place()
    {
        var free = new Host(new Rig(v => v[ParameterTable.Seed] = 0), now => (now, true));
        free.Play(Phrase(Bar), 0, 12 * Bar, () => 256);
        var jump = FirstNote(free.Out) + 5000;
        // To an eighth before a bar line.
        var to = 20 * Bar - Beat / 2;
        var host = new Host(new Rig(v => v[ParameterTable.Seed] = 0), now => (now < jump ? now : to + now - jump, true));
        host.Play(Phrase(Bar), 0, jump + 8 * Bar, () => 256);
        Assert.All(host.Out.Where(m => m.Sample == jump), m => Assert.True(m.Message.IsNoteOff));
        Assert.Contains(host.Out, m => m.Sample == jump);
        var again = FirstNote(host.Out, jump);
        Assert.InRange(again - jump, Beat / 2 - 3, Beat / 2 + 3);
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("fours")]
    [InlineData("beside")]
    [InlineData("wander")]
    public void With_a_seed_every_pass_of_a_loop_is_the_same_whatever_is_learned_and_whatever_the_blocks(string preset)
    {
        const long Loop = 8 * Bar;
        var number = ParameterTable.Preset.Choices.IndexOf(preset);
        List<(long, ShortMessage)>? expected = null;
        foreach (var size in (int[])[64, 1000, 8192])
        {
            var rig = new Rig(v => (v[ParameterTable.Preset], v[ParameterTable.Seed]) = (number, 11));
            var host = new Host(rig, now => (now % Loop, true));
            host.Play([.. Enumerable.Range(0, 4).SelectMany(pass => Phrase(pass * Loop + Bar))], 0, 4 * Loop, () => size);
            var passes = Enumerable.Range(0, 4).Select(pass => host.Out.Where(m => m.Sample >= pass * Loop && m.Sample < (pass + 1) * Loop).Select(m => (m.Sample - pass * Loop, m.Message)).ToList()).ToList();
            expected ??= passes[0];
            Assert.Contains(expected, m => m.Item2.IsNoteOn);
            // What still sounded ends with the first sample of the next pass.
            Assert.All(passes, pass => Assert.Equal(expected.Where(m => m.Item1 > 0), pass.Where(m => m.Item1 > 0)));
        }
    }

    [Fact]
    public void Without_a_seed_a_loop_goes_on_learning_and_is_not_the_same_again()
    {
        const long Loop = 8 * Bar;
        var rig = new Rig(v => v[ParameterTable.Seed] = 0);
        var host = new Host(rig, now => (now % Loop, true));
        host.Play([.. Enumerable.Range(0, 4).SelectMany(pass => Phrase(pass * Loop + Bar))], 0, 4 * Loop, () => 512);
        var passes = Enumerable.Range(0, 4).Select(pass => string.Join(' ', host.Out.Where(m => m.Sample > pass * Loop && m.Sample < (pass + 1) * Loop && m.Message.IsNoteOn).Select(m => $"{m.Sample - pass * Loop}:{m.Message.Data1}:{m.Message.Data2}"))).ToList();
        Assert.All(passes, pass => Assert.NotEqual("", pass));
        // It has learned the phrase, and may well say it twice.
        Assert.True(passes.Distinct().Count() > 2, string.Join("\n", passes));
        Assert.Equal(32, rig.Processor.NotesLearned);
    }

    [Fact]
    public void A_song_told_of_at_every_block_with_the_hosts_rounding_changes_nothing()
    {
        var follower = new SongFollower(Second);
        var random = new Random(3);
        Assert.NotEqual(SongChange.None, follower.Hear(0, At(0)));
        for (var now = 1L; now < 100 * Second; now += random.Next(1, 8192)) Assert.Equal(SongChange.None, follower.Hear(now, At(now) with { Quarters = Math.Round(now / (double)Beat, 4), Seconds = (double)(float)(now / (double)Second) }));

        static SongPlace At(long now) => new(120, now / (double)Second, now / (double)Beat, Math.Floor(now / (double)Beat / 4) * 4, 4, 4, true);
    }

    [Fact]
    public void Tempo_and_metre_are_followed_from_where_they_change()
    {
        var follower = new SongFollower(Second);
        follower.Hear(0, new SongPlace(120, 0, 0, 0, 4, 4, true));
        Assert.Equal(SongChange.Beat, follower.Hear(Second, new SongPlace(90, 1, 2, 0, 4, 4, true)));
        Assert.Equal(90, follower.Tempo.BeatsPerMinute, 6);
        Assert.Equal(Beats.Of(2), follower.InBar);
        Assert.Equal(SongChange.None, follower.Hear(2 * Second, new SongPlace(90, 2, 3.5, 0, 4, 4, true)));
        Assert.Equal(SongChange.Beat, follower.Hear(3 * Second, new SongPlace(90, 3, 5, 5, 6, 8, true)));
        Assert.Equal(Metre.Of(6, 8), follower.Metre);
        Assert.Equal(SongChange.Jumped | SongChange.Beat, follower.Hear(4 * Second, new SongPlace(90, 9, 11, 11, 6, 8, true)));
        Assert.Equal(SongChange.Stopped, follower.Hear(5 * Second, new SongPlace(90, 9, 11, 11, 6, 8, false)));
        Assert.Equal(SongChange.None, follower.Hear(6 * Second, new SongPlace(90, 50, 40, 38, 6, 8, false)));
        Assert.Equal(SongChange.Started | SongChange.Beat, follower.Hear(7 * Second, new SongPlace(double.NaN, 50, 40, 38, 0, 0, true)));
        Assert.Equal(90, follower.Tempo.BeatsPerMinute, 6);
    }
}
