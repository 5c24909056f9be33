using QuantumImprov.Audio.Synth;
using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Synth;

/// <summary>A click is a step between samples that the sound itself, while it merely sounds, does not make.</summary>
public sealed class ClickTests
{
    private const int Flute = 73, Organ = 16;

    public static TheoryData<int> Programs => [0, 4, 11, 16, 24, 33, 48, 65, 73];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Starting_and_ending_a_note_makes_no_step_larger_than_sounding_it(int program)
    {
        for (var key = 30; key <= 90; key += 6)
        {
            var sound = Play.BuiltIn(Play.Note(0.1, 0.6, key, 127), program).Left;
            var sounding = Meter.Jump(sound.Between(0.1, 0.6));
            var starting = Meter.Jump(sound.Between(0, 0.1005));
            var lately = Meter.Jump(sound.Between(0.4, 0.6));
            var ending = Meter.Jump(sound.Between(0.5999, 0.62));
            Assert.True(sounding < 0.35, $"Key {key} makes a step of {sounding}.");
            Assert.True(starting <= sounding && starting < 0.05, $"Key {key} starts with a step of {starting}, sounding {sounding}.");
            Assert.True(ending <= lately * 1.2, $"Key {key} ends with a step of {ending}, {lately} before.");
        }
    }

    [Fact]
    public void Stealing_voices_makes_no_step()
    {
        var synth = new BuiltInSynth(Play.SampleRate, Flute);
        synth.Handle(ShortMessage.Control(0, 7, 40));
        for (var key = 30; key < 30 + BuiltInSynth.Polyphony; key++) synth.Handle(ShortMessage.NoteOn(0, key, 90));
        synth.Frames(Play.SampleRate);
        Assert.Equal(BuiltInSynth.Polyphony, synth.Sounding);
        var before = Meter.Jump(synth.Frames(Play.SampleRate).Left);

        var stealing = 0f;
        var last = synth.Frames(1).Left[0];
        for (var key = 29; key >= 10; key--)
        {
            synth.Handle(ShortMessage.NoteOn(0, key, 90));
            var block = synth.Frames(Play.SampleRate / 50).Left;
            stealing = Math.Max(stealing, Math.Max(Math.Abs(block[0] - last), Meter.Jump(block)));
            last = block[^1];
            Assert.Equal(BuiltInSynth.Polyphony, synth.Sounding);
        }

        Assert.True(stealing < before * 1.25, $"A step of {stealing} while stealing, {before} before.");
    }

    [Theory]
    [InlineData(120)]
    [InlineData(123)]
    public void Silencing_a_channel_makes_no_step(int controller)
    {
        var synth = new BuiltInSynth(Play.SampleRate, Organ);
        foreach (var key in new[] { 36, 43, 48 }) synth.Handle(ShortMessage.NoteOn(0, key, 90));
        synth.Frames(Play.SampleRate);
        var (before, _) = synth.Frames(Play.SampleRate);
        synth.Handle(ShortMessage.Control(0, controller, 0));
        var (after, _) = synth.Frames(Play.SampleRate);
        Assert.True(Meter.Jump([before[^1], .. after]) <= Meter.Jump(before) * 1.1);
        Assert.True(Meter.Rms(after.AsSpan(Play.SampleRate / 2)) < 0.05 * Meter.Rms(before));
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(11, 0)]
    [InlineData(10, 0)]
    [InlineData(10, 127)]
    public void Turning_a_controller_at_one_go_makes_no_step(int controller, int value)
    {
        var synth = new BuiltInSynth(Play.SampleRate, Flute);
        synth.Handle(ShortMessage.NoteOn(0, 40, 100));
        synth.Frames(Play.SampleRate);
        var (before, _) = synth.Frames(Play.SampleRate / 2);
        synth.Handle(ShortMessage.Control(0, controller, value));
        var (after, _) = synth.Frames(Play.SampleRate / 2);
        Assert.True(Meter.Jump([before[^1], .. after]) <= Meter.Jump(before) * 1.6);
    }

    [Fact]
    public void Striking_a_sounding_key_again_makes_no_step()
    {
        var synth = new BuiltInSynth(Play.SampleRate, Organ);
        synth.Handle(ShortMessage.NoteOn(0, 40, 100));
        synth.Frames(Play.SampleRate);
        var (before, _) = synth.Frames(Play.SampleRate / 2);
        synth.Handle(ShortMessage.NoteOn(0, 40, 100));
        var (after, _) = synth.Frames(Play.SampleRate / 2);
        Assert.True(Meter.Jump([before[^1], .. after]) <= Meter.Jump(before) * 1.6);
        Assert.Equal(1, synth.Sounding);
    }
}
