using QuantumImprov.Audio.Output;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Audio.Tests.Output;

public sealed class SynthStreamTests
{
    private const int Rate = 48000;
    private readonly HandClock _clock = new();
    private readonly Marker _synth = new();

    [Fact]
    public void Messages_take_effect_at_the_frame_of_their_instant_plus_the_delay()
    {
        var stream = new SynthStream(_synth, _clock, TimeSpan.FromMilliseconds(20));
        var buffer = new float[2 * 480];
        for (var i = 0; i < 20; i++)
        {
            _clock.Now = new HostTime(i * 10_000_000);
            if (i == 5) stream.Emit(new HostTime(53_000_000), ShortMessage.NoteOn(0, 60, 1));
            if (i == 5) stream.Emit(new HostTime(56_000_000), ShortMessage.NoteOn(0, 61, 1));
            stream.Fill(buffer);
        }

        // Frames 53 ms + 20 ms and 56 ms + 20 ms after the start.
        Assert.Equal([(3504, 60), (3648, 61)], _synth.Marks);
        Assert.Equal((0, 9600), (stream.Late, stream.Rendered));
    }

    [Fact]
    public void The_jitter_of_callbacks_does_not_move_the_music()
    {
        var stream = new SynthStream(_synth, _clock, TimeSpan.FromMilliseconds(20));
        var buffer = new float[2 * 480];
        var random = new QuantumImprov.Quantum.Randomness.Xoshiro(5);
        for (var i = 0; i < 1000; i++)
        {
            // Up to 3 ms late, as a busy machine is.
            _clock.Now = new HostTime(i * 10_000_000L + (long)(random.NextDouble() * 3_000_000));
            if (i % 4 == 0) stream.Emit(new HostTime(i * 10_000_000L + 4_000_000), ShortMessage.NoteOn(0, i / 4 % 128, 1));
            stream.Fill(buffer);
        }

        var gaps = _synth.Marks.Skip(100).Zip(_synth.Marks.Skip(101), (a, b) => b.Frame - a.Frame).ToList();
        Assert.True(gaps.Count > 100);
        // 40 ms are 1,920 frames; what is left of 3 ms (144 frames) of jitter is less than a tenth of it.
        Assert.All(gaps, gap => Assert.InRange(gap, 1920 - 14, 1920 + 14));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(4800)]
    public void Every_size_of_request_gives_the_same_samples(int frames)
    {
        var (expected, found) = (new float[2 * 9600], new float[2 * 9600]);
        new SynthStream(new Marker(), _clock, TimeSpan.Zero).Fill(expected);
        var stream = new SynthStream(new Marker(), _clock, TimeSpan.Zero);
        for (var at = 0; at < 9600; at += frames) stream.Fill(found.AsSpan(2 * at, 2 * Math.Min(frames, 9600 - at)));
        Assert.Equal(expected, found);
    }

    [Fact]
    public void A_message_that_comes_too_late_takes_effect_at_once_and_is_counted()
    {
        var stream = new SynthStream(_synth, _clock, TimeSpan.Zero);
        stream.Fill(new float[2 * 480]);
        stream.Emit(new HostTime(1_000_000), ShortMessage.NoteOn(0, 60, 1));
        _clock.Now = new HostTime(10_000_000);
        stream.Fill(new float[2 * 480]);
        Assert.Equal([(480, 60)], _synth.Marks);
        Assert.Equal(1, stream.Late);
    }

    [Fact]
    public void Filling_allocates_nothing()
    {
        var stream = new SynthStream(new QuantumImprov.Audio.Synth.BuiltInSynth(Rate, 0, 1), _clock, TimeSpan.FromMilliseconds(10));
        var buffer = new float[2 * 480];
        void Play(int requests)
        {
            for (var i = 0; i < requests; i++)
            {
                _clock.Now = _clock.Now.Plus(10_000_000);
                stream.Emit(_clock.Now, i % 2 == 0 ? ShortMessage.NoteOn(0, 60 + i % 12, 90) : ShortMessage.NoteOff(0, 60 + (i - 1) % 12));
                stream.Fill(buffer);
            }
        }

        Play(50);
        Assert.Equal(0, Allocated.By(() => Play(200)));
    }

    private sealed class HandClock : IHostClock
    {
        public HostTime Now { get; set; }
    }

    // Says at which frame it was told what; its sound is the number of the frame.
    private sealed class Marker : ISynth
    {
        private int _frame;

        public List<(int Frame, int Pitch)> Marks { get; } = [];

        public int SampleRate => Rate;

        public void Handle(ShortMessage message)
        {
            if (message.IsNoteOn) Marks.Add((_frame, message.Data1));
        }

        public void Render(Span<float> left, Span<float> right)
        {
            for (var i = 0; i < left.Length; i++) left[i] = right[i] = _frame++ % 1000 / 1000f;
        }
    }
}
