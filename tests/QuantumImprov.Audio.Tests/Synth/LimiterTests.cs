using CsCheck;
using QuantumImprov.Audio.Synth;
using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Synth;

public sealed class LimiterTests
{
    [Fact]
    public void No_storm_of_messages_leaves_the_range_over_100_storms() =>
        Gen.Select(Storm.Messages, Gen.Int[0, 127], Gen.Double[0, 10]).Sample(
            (messages, program, gain) =>
            {
                var synth = new BuiltInSynth(Play.SampleRate, program, gain);
                foreach (var (gap, message) in messages)
                {
                    synth.Handle(message);
                    var (left, right) = synth.Frames(gap);
                    Assert.True(Meter.Peak(left) <= 1 && Meter.Peak(right) <= 1);
                }

                Assert.True(Meter.Peak(synth.Frames(4000).Left) <= 1);
            },
            iter: 100,
            threads: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(24)]
    public void All_128_keys_fortissimo_stay_in_range_and_sound(int program)
    {
        var synth = new BuiltInSynth(Play.SampleRate, program);
        for (var channel = 0; channel < 16; channel++) synth.Handle(ShortMessage.Control(channel, 7, 127));
        for (var key = 0; key < 128; key++) synth.Handle(ShortMessage.NoteOn(0, key, 127));
        synth.Frames(1);
        Assert.Equal(BuiltInSynth.Polyphony, synth.Sounding);
        var (left, right) = synth.Frames(Play.SampleRate);
        Assert.InRange(Meter.Peak(left), 0.5f, 1f);
        Assert.InRange(Meter.Peak(right), 0.5f, 1f);
    }

    [Fact]
    public void Any_number_whatever_comes_out_in_range_over_10000_frames() =>
        Gen.Select(Gen.Single, Gen.Single).Array[1, 50].Sample(
            frames =>
            {
                var limiter = new Limiter(Play.SampleRate);
                foreach (var (l, r) in frames)
                {
                    var (left, right) = (l, r);
                    limiter.Process(ref left, ref right);
                    Assert.True(Math.Abs(left) <= Limiter.Ceiling && Math.Abs(right) <= Limiter.Ceiling);
                }
            },
            iter: 400,
            threads: 1);

    [Fact]
    public void What_stays_below_the_knee_passes_untouched()
    {
        var limiter = new Limiter(Play.SampleRate);
        for (var i = 0; i < 1000; i++)
        {
            var left = 0.69f * MathF.Sin(i * 0.1f);
            var right = -left;
            var (before, other) = (left, right);
            limiter.Process(ref left, ref right);
            Assert.Equal((before, other), (left, right));
        }
    }

    [Fact]
    public void It_turns_a_loud_sine_down_without_flattening_it()
    {
        var limiter = new Limiter(Play.SampleRate);
        var heard = new float[Play.SampleRate];
        for (var i = 0; i < heard.Length; i++)
        {
            var left = 3 * MathF.Sin(2 * MathF.PI * 200 * i / Play.SampleRate);
            var right = 0f;
            limiter.Process(ref left, ref right);
            heard[i] = left;
        }

        // A clipped sine of this level would have its third harmonic at about -10 dB.
        var settled = heard.AsSpan(Play.SampleRate / 2, 24_000);
        var third = Meter.Tone(settled, 600, Play.SampleRate).Magnitude / Meter.Tone(settled, 200, Play.SampleRate).Magnitude;
        Assert.True(Meter.Decibels(third) < -50, $"Third harmonic at {Meter.Decibels(third):0.0} dB.");
    }
}
