using QuantumImprov.Audio.Synth;
using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Synth;

public sealed class LoudnessTests
{
    public static TheoryData<int> Programs => [0, 4, 11, 16, 24, 33, 48, 65, 73];

    [Fact]
    public void A_mezzoforte_note_of_the_first_sound_measures_minus_18_to_minus_12_decibels()
    {
        var sound = Play.BuiltIn(Play.Note(0, 1, 60));
        Assert.InRange(Meter.RmsDecibels(sound.Left.Between(0, 0.5), sound.Right.Between(0, 0.5)), -18, -12);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_patch_is_about_as_loud(int program)
    {
        var sound = Play.BuiltIn(Play.Note(0, 1, 60), program);
        Assert.InRange(Meter.RmsDecibels(sound.Left.Between(0, 0.5), sound.Right.Between(0, 0.5)), -20, -13);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_note_sounds_while_held_and_is_exactly_silent_in_the_end(int program)
    {
        var synth = new BuiltInSynth(Play.SampleRate, program);
        synth.Handle(ShortMessage.NoteOn(0, 60, 80));
        Assert.True(Meter.Rms(synth.Frames(Play.SampleRate).Left) > 0.01);
        synth.Handle(ShortMessage.NoteOff(0, 60));
        synth.Frames(Play.SampleRate * 3);
        var (left, right) = synth.Frames(Play.SampleRate);
        Assert.True(Meter.RmsDecibels(left, right) < -90);
        Assert.Equal(0, synth.Sounding);

        // Also the room empties to true zeros: nothing is left to become denormal.
        synth.Frames(Play.SampleRate * 10);
        Assert.All(synth.Frames(256).Left, sample => Assert.Equal(0f, sample));
    }

    [Fact]
    public void Harder_is_louder_and_brighter()
    {
        double lastLevel = 0, lastBrightness = 0;
        foreach (var velocity in new[] { 10, 40, 70, 100, 127 })
        {
            var sound = Play.BuiltIn(Play.Note(0, 0.5, 60, velocity)).Left.Between(0.01, 0.21);
            var level = Meter.Rms(sound);
            var brightness = Meter.Tone(sound, Meter.Hertz(60) * 3, Play.SampleRate).Magnitude / Meter.Tone(sound, Meter.Hertz(60), Play.SampleRate).Magnitude;
            Assert.True(level > lastLevel * 1.2 && brightness > lastBrightness);
            (lastLevel, lastBrightness) = (level, brightness);
        }
    }

    [Fact]
    public void Patches_differ_in_their_overtones()
    {
        var shapes = Patches.All.Select(patch => Enumerable.Range(0, 128).First(program => Patches.Of(program) == patch))
            .Select(program => Play.BuiltIn(Play.Note(0, 1, 60), program).Left.Between(0.1, 0.6).ToArray())
            .Select(sound => string.Join(" ", Enumerable.Range(1, 6).Select(n => (int)(Meter.Decibels(Meter.Tone(sound, n * Meter.Hertz(60), Play.SampleRate).Magnitude) / 2))))
            .ToArray();
        Assert.Equal(Patches.All.Length, shapes.Distinct().Count());
    }

    [Fact]
    public void Every_program_has_a_patch_and_every_patch_fits_the_voice()
    {
        for (var program = 0; program < 128; program++) Assert.Contains(Patches.Of(program), Patches.All);
        Assert.All(Patches.All, patch =>
        {
            Assert.InRange(patch.Partials.Length, 1, Patch.MaxPartials);
            Assert.True(patch.Attack >= 0.001 && patch.Release > 0);
            Assert.All(patch.Partials, partial => Assert.True(partial is { Ratio: > 0, Level: > 0, Decay: >= 0, Pan: >= -1 and <= 1 }));
        });
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(44_100)]
    [InlineData(192_000)]
    public void It_sounds_alike_at_other_sample_rates(int sampleRate)
    {
        var synth = new BuiltInSynth(sampleRate);
        synth.Handle(ShortMessage.NoteOn(0, 60, 80));
        var (left, right) = synth.Frames(sampleRate / 2);
        Assert.InRange(Meter.RmsDecibels(left, right), -19, -14);
        Assert.InRange(Meter.Cents(Meter.Frequency(left, Meter.Hertz(60), sampleRate), Meter.Hertz(60)), -2, 2);
    }
}
