using QuantumImprov.Engine.Listening;
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

    public static TheoryData<string, int> PresetsAndSeeds
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var seed in (int[])[1, 2, 3])
            {
                foreach (var preset in (string[])["answer", "fours", "beside", "thirds", "echo", "quartet", "modal"]) data.Add(preset, seed);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(PresetsAndSeeds))]
    public void So_it_does_whatever_is_asked_for_meanwhile(string preset, int seed)
    {
        var (random, number) = (new Random(seed), ParameterTable.Preset.Choices.IndexOf(preset));
        var song = Song.Phrases(100 + seed, 60, longest: 24).ToList();
        var asks = new List<(long Sample, Parameter Parameter, double Value)>();
        for (var second = 2.0; second < 56; second += 4 + random.Next(0, 5) + random.NextDouble())
        {
            var at = (long)(second * Song.Rate);
            switch (random.Next(5))
            {
                case 0:
                    asks.AddRange([(at, ParameterTable.EndCall, 1), (at + 999, ParameterTable.EndCall, 0)]);
                    break;
                case 1:
                    asks.AddRange([(at, ParameterTable.Freeze, 1), (at + 2 * Song.Rate, ParameterTable.Freeze, 0)]);
                    break;
                case 2:
                    asks.AddRange([(at, ParameterTable.TakeOver, 1), (at + 3 * Song.Rate, ParameterTable.TakeOver, 0)]);
                    break;
                case 3:
                    asks.AddRange([(at, ParameterTable.Forget, 1), (at + 999, ParameterTable.Forget, 0)]);
                    break;
                default:
                    song.AddRange([(at, ShortMessage.Control(0, 67, 127)), (at + 3 * Song.Rate, ShortMessage.Control(0, 67, 0))]);
                    break;
            }
        }

        song = [.. song.OrderBy(m => m.Sample)];
        // With every other seed notes are chosen 1.6 quarters ahead, rather than all at once.
        var lookahead = seed % 2 == 0 ? 1 : .13;
        var rig = new Rig(v =>
        {
            v[ParameterTable.Preset] = number;
            v[ParameterTable.Dials.Single(d => d.Symbol == "lookahead")] = lookahead / 2;
        }) { Tempo = 120 };
        foreach (var (sample, parameter, value) in asks)
        {
            rig.Play(song, sample, () => random.Next(1, 600));
            rig.Play(song, sample + 1, () => 1, _ => rig.Processor.Turn(0, ParameterTable.IndexOf(parameter), value));
        }

        rig.Play(song, Minute, () => 64);
        var atOnce = AtOnce(number, song, Minute, asks, lookahead);
        // Whoever takes over from a phrase waits until it is learned; what sounded ends as much later.
        Assert.Equal(Begun(atOnce), Begun(rig.Out));
        Assert.Equal(atOnce.Count, rig.Out.Count);
        Assert.Equal(0, rig.Processor.Late);
        Assert.Contains(rig.Out, m => m.Message.IsNoteOn);
    }

    private static IEnumerable<(long, ShortMessage)> Begun(IEnumerable<(long, ShortMessage Message)> played) => played.Where(m => m.Message.IsNoteOn);

    private static void Ask(ImprovPipeline pipeline, HostTime at, Parameter parameter, double value)
    {
        if (parameter == ParameterTable.Freeze) pipeline.Freeze(value > 0, at);
        else if (parameter == ParameterTable.TakeOver) pipeline.TakeOver(value > 0, at);
        else if (value == 0) return;
        else if (parameter == ParameterTable.EndCall) pipeline.EndCall(at);
        else pipeline.ForgetLast();
    }

    // The same engine with nothing done in steps, as the program runs it.
    private static List<(long, ShortMessage)> AtOnce(int preset, IEnumerable<(long Sample, ShortMessage Message)> song, long until, IReadOnlyList<(long Sample, Parameter Parameter, double Value)>? asks = null, double lookahead = 1)
    {
        var (clock, player, music) = (new SampleClock(Song.Rate), new Player(), Incoming.From(null));
        var sink = new Sink(clock);
        using var pipeline = new ImprovPipeline(music.Music, ShippedPresets.Of(preset, 0), player, new Timeline(default, default, Beats.Zero, default), false, 7, new WorkInTurn());
        pipeline.Answering.Dials = new(1, 0, 0);
        pipeline.Settings = pipeline.Settings with { Lookahead = lookahead };
        if (asks is not null) pipeline.Follow(SongFollower.Beside(pipeline.Timeline, default, Tempo.FromBpm(120), Metre.Of(4, 4), Beats.Zero));
        var (now, next, messages, asked) = (0L, 0, song.ToList(), 0);
        List<TimedMessage> heard = [];
        while (now < until)
        {
            var due = Math.Max(now, clock.SampleFrom(pipeline.Due));
            var key = next < messages.Count ? messages[next].Sample : long.MaxValue;
            var ask = asks is not null && asked < asks.Count ? asks[asked].Sample : long.MaxValue;
            var to = Math.Min(Math.Min(until, ask), Math.Min(due, key));
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
            else if (ask == now)
            {
                Ask(pipeline, at, asks![asked].Parameter, asks[asked].Value);
                asked++;
            }
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
        var watch = new AllocationWatch();
        rig.Play(song, 4 * Minute, static () => 128, _ => watch.Look());
        Assert.Equal(0, watch.Bytes);
        Assert.True(rig.Processor.NotesLearned > 300);
        Assert.True(rig.Out.Count(m => m.Message.IsNoteOn) > 100);
    }
}
