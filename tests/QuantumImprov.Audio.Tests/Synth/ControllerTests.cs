using QuantumImprov.Audio.Synth;
using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Synth;

public sealed class ControllerTests
{
    private const int Organ = 16;

    [Fact]
    public void The_sustain_pedal_holds_a_note_and_lets_it_go()
    {
        var synth = Holding();
        synth.Handle(ShortMessage.Control(0, 64, 127));
        synth.Handle(ShortMessage.NoteOff(0, 60));
        synth.Frames(Play.SampleRate);
        Assert.True(Level(synth) > 0.02);
        synth.Handle(ShortMessage.Control(0, 64, 0));
        synth.Frames(Play.SampleRate * 3);
        Assert.True(Level(synth) < 1e-4);
        Assert.Equal(0, synth.Sounding);
    }

    [Fact]
    public void The_pedal_of_another_channel_holds_nothing()
    {
        var synth = Holding();
        synth.Handle(ShortMessage.Control(1, 64, 127));
        synth.Handle(ShortMessage.NoteOff(0, 60));
        synth.Frames(Play.SampleRate * 2);
        Assert.Equal(0, synth.Sounding);
    }

    [Fact]
    public void Lifting_the_pedal_leaves_held_keys_sounding()
    {
        var synth = Holding();
        synth.Handle(ShortMessage.Control(0, 64, 127));
        synth.Handle(ShortMessage.Control(0, 64, 0));
        synth.Frames(Play.SampleRate);
        Assert.Equal(1, synth.Sounding);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    public void Half_of_volume_or_expression_is_12_decibels_less(int controller)
    {
        var synth = Holding();
        synth.Handle(ShortMessage.Control(0, controller, 126));
        synth.Frames(Play.SampleRate * 2);
        var full = Level(synth);
        synth.Handle(ShortMessage.Control(0, controller, 63));
        synth.Frames(Play.SampleRate * 2);
        Assert.InRange(Meter.Decibels(Level(synth)) - Meter.Decibels(full), -13, -11);
    }

    [Theory]
    [InlineData(0, 20, 200)]
    [InlineData(127, -200, -20)]
    public void Pan_moves_the_sound_to_its_side(int value, double least, double most)
    {
        var synth = Holding();
        synth.Handle(ShortMessage.Control(0, 91, 0));
        synth.Handle(ShortMessage.Control(0, 10, value));
        synth.Frames(Play.SampleRate * 3);
        var (left, right) = synth.Frames(Play.SampleRate);
        Assert.InRange(Meter.Decibels(Meter.Rms(left)) - Meter.Decibels(Meter.Rms(right)), least, most);
    }

    [Fact]
    public void Reset_all_controllers_restores_expression_wheel_and_pedal_but_not_volume()
    {
        var synth = Holding();
        synth.Handle(ShortMessage.Control(0, 7, 90));
        synth.Frames(Play.SampleRate);
        var before = Level(synth);
        synth.Handle(ShortMessage.Control(0, 11, 10));
        synth.Handle(ShortMessage.Control(0, 64, 127));
        synth.Handle(new ShortMessage(0xE0, 0, 100));
        synth.Frames(Play.SampleRate);
        synth.Handle(ShortMessage.Control(0, 121, 0));
        synth.Frames(Play.SampleRate);
        Assert.InRange(Level(synth) / before, 0.9, 1.1);
        Assert.InRange(Meter.Cents(Meter.Frequency(synth.Frames(Play.SampleRate).Left, Meter.Hertz(60), Play.SampleRate), Meter.Hertz(60)), -2, 2);
        synth.Handle(ShortMessage.NoteOff(0, 60));
        synth.Frames(Play.SampleRate * 2);
        Assert.Equal(0, synth.Sounding);
    }

    [Theory]
    [InlineData(120, 0.05, -40)]
    [InlineData(123, 0.3, -30)]
    public void All_notes_off_silences_the_channel_within_its_bound(int controller, double seconds, double decibels)
    {
        var synth = new BuiltInSynth(Play.SampleRate, Organ);
        synth.Handle(ShortMessage.Control(0, 91, 0));
        for (var key = 40; key < 80; key++) synth.Handle(ShortMessage.NoteOn(0, key, 127));
        synth.Frames(Play.SampleRate);
        synth.Handle(ShortMessage.Control(0, controller, 0));
        synth.Frames((int)(seconds * Play.SampleRate));
        Assert.Equal(0, synth.Sounding);

        // What remains is the room, which the lowered send reached only 3 ms after the notes.
        Assert.True(Meter.Decibels(Meter.Peak(synth.Frames(Play.SampleRate).Left)) < decibels);
        synth.Frames(Play.SampleRate * 2);
        Assert.True(Meter.Decibels(Meter.Peak(synth.Frames(100).Left)) < -90);
    }

    [Fact]
    public void All_sound_off_overrules_the_pedal_and_all_notes_off_respects_it()
    {
        var synth = Holding();
        synth.Handle(ShortMessage.Control(0, 64, 127));
        synth.Handle(ShortMessage.Control(0, 123, 0));
        synth.Frames(Play.SampleRate);
        Assert.Equal(1, synth.Sounding);
        synth.Handle(ShortMessage.Control(0, 120, 0));
        synth.Frames(Play.SampleRate / 100);
        Assert.Equal(0, synth.Sounding);
    }

    [Fact]
    public void A_system_reset_silences_all_channels()
    {
        var synth = new BuiltInSynth(Play.SampleRate, Organ);
        for (var channel = 0; channel < 8; channel++) synth.Handle(ShortMessage.NoteOn(channel, 60, 100));
        synth.Frames(1000);
        synth.Handle(new ShortMessage(0xFF, 0, 0));
        synth.Frames(1000);
        Assert.Equal(0, synth.Sounding);
    }

    [Fact]
    public void A_program_change_is_heard_in_the_next_note_not_in_the_sounding_one()
    {
        var changed = Holding();
        changed.Handle(ShortMessage.Program(0, 0));
        var plain = Holding();
        Assert.Equal(plain.Frames(5000).Left, changed.Frames(5000).Left);
        changed.Handle(ShortMessage.NoteOn(0, 67, 100));
        plain.Handle(ShortMessage.NoteOn(0, 67, 100));
        Assert.NotEqual(plain.Frames(5000).Left, changed.Frames(5000).Left);
    }

    [Fact]
    public void Percussion_and_what_it_does_not_know_are_silent()
    {
        var synth = new BuiltInSynth(Play.SampleRate);
        synth.Handle(ShortMessage.NoteOn(9, 38, 127));
        foreach (var status in new byte[] { 0, 0x45, 0xF0, 0xF3, 0xF7, 0xF8, 0xFE }) synth.Handle(new ShortMessage(status, 60, 100));
        Assert.All(synth.Frames(2000).Left, sample => Assert.Equal(0f, sample));
    }

    [Fact]
    public void Quiet_released_notes_are_stolen_before_loud_held_ones()
    {
        var synth = new BuiltInSynth(Play.SampleRate, Organ);
        synth.Handle(ShortMessage.Control(0, 7, 20));
        synth.Handle(ShortMessage.NoteOn(0, 40, 127));
        for (var key = 50; key < 49 + BuiltInSynth.Polyphony; key++) synth.Handle(ShortMessage.NoteOn(0, key, 20));
        synth.Frames(Play.SampleRate);
        for (var key = 100; key < 110; key++) synth.Handle(ShortMessage.NoteOn(0, key, 60));
        synth.Frames(Play.SampleRate);
        var (left, _) = synth.Frames(Play.SampleRate);
        double Heard(int key) => Meter.Tone(left, Meter.Hertz(key), Play.SampleRate).Magnitude;
        Assert.True(Heard(40) > 3 * Heard(75), "The loud note was stolen.");
        Assert.True(Heard(105) > 1e-3, "The new note is not heard.");
        Assert.True(Heard(75) > 1e-4, "A younger quiet note was stolen before older ones.");
    }

    [Fact]
    public void Values_outside_their_range_are_refused_in_a_sentence()
    {
        Assert.Contains("8000 to 384000", Assert.Throws<ArgumentOutOfRangeException>(() => new BuiltInSynth(7_999)).Message);
        Assert.Contains("0 to 127", Assert.Throws<ArgumentOutOfRangeException>(() => new BuiltInSynth(48_000, 128)).Message);
        Assert.Contains("0 to 10", Assert.Throws<ArgumentOutOfRangeException>(() => new BuiltInSynth(48_000, 0, double.NaN)).Message);
    }

    private static BuiltInSynth Holding()
    {
        var synth = new BuiltInSynth(Play.SampleRate, Organ);
        synth.Handle(ShortMessage.NoteOn(0, 60, 90));
        synth.Frames(Play.SampleRate / 5);
        return synth;
    }

    private static double Level(BuiltInSynth synth) => Meter.Rms(synth.Frames(Play.SampleRate).Left);
}
