using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;
using QuantumImprov.Testing;

namespace QuantumImprov.Plugin.Tests.Processing;

public class ProcessorTests
{
    private const long Minute = 60 * Song.Rate;

    private sealed class Sink(SampleClock clock) : IMessageSink
    {
        internal List<(long, ShortMessage)> Out { get; } = [];

        public void Emit(HostTime at, ShortMessage message) => Out.Add((clock.SampleAt(at), message));
    }

    public static TheoryData<string> PresetNames => [.. ShippedPresets.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(PresetNames))]
    public void Blocks_of_any_sizes_give_the_same_notes(string preset)
    {
        var song = Song.Phrases(3, 40);
        var number = ParameterTable.Preset.Choices.IndexOf(preset);
        List<(long, ShortMessage)>? expected = null;
        foreach (var seed in Enumerable.Range(0, 4))
        {
            var random = new Random(seed);
            var rig = new Rig(v => v[ParameterTable.Preset] = number) { Tempo = 120 };
            rig.Play(song, Minute * 3 / 4, seed switch { 0 => () => 64, 1 => () => 8192, 2 => () => random.Next(1, 40), _ => () => random.Next(1, 8193) });
            expected ??= rig.Out;
            Assert.Equal(expected, rig.Out);
        }

        if (preset != "understudy") Assert.Contains(expected!, m => m.Item2.IsNoteOn);
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("fours")]
    [InlineData("beside")]
    [InlineData("daring")]
    [InlineData("thirds")]
    [InlineData("wander")]
    [InlineData("echo")]
    [InlineData("qubit")]
    [InlineData("quartet")]
    [InlineData("combo")]
    public void Working_note_by_note_gives_what_working_at_once_gives(string preset)
    {
        var song = Song.Phrases(5, 60);
        var number = ParameterTable.Preset.Choices.IndexOf(preset);
        var rig = new Rig(v => v[ParameterTable.Preset] = number) { Tempo = null };
        rig.Play(song, Minute, () => 64);
        Assert.Equal(AtOnce(number, song, Minute), rig.Out);
        Assert.Equal(0, rig.Processor.Late);
    }

    // The same engine with nothing done in steps, as the program runs it.
    private static List<(long, ShortMessage)> AtOnce(int preset, IEnumerable<(long Sample, ShortMessage Message)> song, long until)
    {
        var (clock, player, music) = (new SampleClock(Song.Rate), new Player(), Incoming.From(null));
        var sink = new Sink(clock);
        using var pipeline = new ImprovPipeline(music.Music, ShippedPresets.Of(preset, 0), player, new Timeline(default, default, Beats.Zero, default), false, 7, new WorkInTurn());
        pipeline.Answering.Dials = new(1, 0, 0);
        var (now, next, messages) = (0L, 0, song.ToList());
        List<TimedMessage> heard = [];
        while (now < until)
        {
            var due = Math.Max(now, clock.SampleFrom(pipeline.Due));
            var key = next < messages.Count ? messages[next].Sample : long.MaxValue;
            var to = Math.Min(until, Math.Min(due, key));
            if (to > now)
            {
                player.Turn(clock.TimeOf(now), clock.TimeOf(to), sink, heard.ToArray());
                heard.Clear();
                while (player.TryReadEmitted(out _))
                {
                }
            }

            now = to;
            if (now == until) break;
            var at = clock.TimeOf(now);
            if (due == now) pipeline.Advance(at);
            else
            {
                heard.Add(new TimedMessage(at, messages[next].Message));
                pipeline.Hear(heard[^1]);
                next++;
            }
        }

        return sink.Out;
    }

    [Fact]
    public void Nothing_is_allocated_while_phrases_are_learned_and_answered()
    {
        var song = Song.Phrases(11, 240, longest: 40);
        var rig = new Rig { Tempo = 120 };
        rig.Out.Capacity = 100_000;
        rig.Play(song, Minute, () => 128);
        var (last, allocated, collections) = (0L, 0L, 0);
        rig.Play(song, 4 * Minute, static () => 128, _ =>
        {
            // A collection, which another thread may cause, counts what this one had only set aside.
            var (bytes, collected) = (GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0));
            if (last != 0 && collected == collections) allocated += bytes - last;
            (last, collections) = (bytes, collected);
        });
        Assert.Equal(0, allocated);
        Assert.True(rig.Processor.NotesLearned > 300);
        Assert.True(rig.Out.Count(m => m.Message.IsNoteOn) > 100);
    }
}
