using CsCheck;
using QuantumImprov.Audio.Files;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Files;

public sealed class OfflineRendererTests
{
    [Fact]
    public void Every_message_acts_at_the_frame_nearest_to_its_time_over_100_lists() =>
        Gen.Long[0, 300_000_000].Array[1, 40].Sample(
            times =>
            {
                var synth = new ProbeSynth();
                var sound = OfflineRenderer.Render([.. times.Select(t => new TimedMessage(new HostTime(t), ShortMessage.NoteOn(0, 60, 127)))], synth, cancellation: TestContext.Current.CancellationToken);
                var expected = times.Select(t => (int)Math.Round(t * 48e-6, MidpointRounding.AwayFromZero)).Distinct().Order();
                Assert.Equal(expected, Enumerable.Range(0, sound.Left.Length).Where(i => sound.Left[i] > 0.5));
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void Messages_of_one_frame_keep_their_order_and_the_list_may_be_unsorted()
    {
        var synth = new ProbeSynth();
        OfflineRenderer.Render(
            [Play.At(1, ShortMessage.Program(0, 3)), Play.At(0, ShortMessage.Program(0, 1)), Play.At(-5, ShortMessage.Program(0, 2)), Play.At(1, ShortMessage.Program(0, 4))],
            synth, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4], synth.Got.Select(m => (int)m.Data1));
    }

    [Fact]
    public void The_same_list_gives_the_same_bytes()
    {
        using var folder = new Folder();
        TimedMessage[] phrase = [.. Play.Note(0, 0.4, 60), .. Play.Note(0.4, 0.8, 64), .. Play.Note(0.8, 1.5, 67), .. Play.Note(0.8, 1.5, 48)];
        foreach (var name in new[] { "a.wav", "b.wav" }) OfflineRenderer.RenderToFile(phrase, new BuiltInSynth(Play.SampleRate), folder[name], cancellation: TestContext.Current.CancellationToken);
        var bytes = File.ReadAllBytes(folder["a.wav"]);
        Assert.Equal(bytes, File.ReadAllBytes(folder["b.wav"]));
        var sound = Play.BuiltIn(phrase);
        Assert.Equal(sound.Left.Length, WavReader.Read(folder["a.wav"]).Frames);
        OfflineRenderer.RenderToFile(phrase, new BuiltInSynth(Play.SampleRate), folder["exact.wav"], WavFormat.Float32, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(sound.Left, WavReader.Read(folder["exact.wav"]).Samples[0]);
        Assert.Equal(sound.Right, WavReader.Read(folder["exact.wav"]).Samples[1]);
    }

    [Fact]
    public void It_goes_on_until_the_sound_has_died_away()
    {
        var sound = Play.BuiltIn(Play.Note(0, 1, 60, 127));
        Assert.InRange(sound.Seconds, 1.3, 6);
        Assert.True(Meter.Decibels(Meter.Peak(sound.Left.AsSpan(^4800..))) < -89);
    }

    [Fact]
    public void A_note_nobody_ends_is_faded_out_after_eight_seconds()
    {
        var sound = OfflineRenderer.Render([Play.At(0.5, ShortMessage.NoteOn(0, 60, 100))], new ProbeSynth(hum: 0.25f), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(8.5, sound.Seconds, 6);
        Assert.Equal(0.25f, sound.Left.Between(8.39, 8.4)[0]);
        Assert.True(sound.Left[^1] < 0.001f && Meter.Jump(sound.Left.Between(8, 8.5)) < 0.001f);
    }

    [Fact]
    public void Nothing_to_play_is_an_empty_file()
    {
        using var folder = new Folder();
        OfflineRenderer.RenderToFile([], new BuiltInSynth(Play.SampleRate), folder["a.wav"], cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, WavReader.Read(folder["a.wav"]).Frames);
    }

    [Fact]
    public void Progress_rises_from_0_to_1()
    {
        var told = new List<double>();
        OfflineRenderer.Render([.. Play.Note(0, 5, 60)], new BuiltInSynth(Play.SampleRate), new Listener(told), TestContext.Current.CancellationToken);
        Assert.Equal(told.Order(), told);
        Assert.Equal((0, 1), (told[0], told[^1]));
        Assert.True(told.Count > 5);
    }

    [Fact]
    public void A_cancelled_rendering_leaves_no_file()
    {
        using var folder = new Folder();
        using var cancellation = new CancellationTokenSource();
        var stop = new Stopper(cancellation);
        Assert.Throws<OperationCanceledException>(() => OfflineRenderer.RenderToFile(
            [.. Play.Note(0, 60, 60)], new BuiltInSynth(Play.SampleRate), folder["a.wav"], WavFormat.Pcm16, stop, cancellation.Token));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_message_after_a_day_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => OfflineRenderer.Render([new TimedMessage(HostTime.Never, ShortMessage.NoteOff(0, 1))], new ProbeSynth(), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("at most 24 hours", refusal.Message);
    }

    private sealed class Listener(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }

    private sealed class Stopper(CancellationTokenSource cancellation) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value > 0.05) cancellation.Cancel();
        }
    }
}
