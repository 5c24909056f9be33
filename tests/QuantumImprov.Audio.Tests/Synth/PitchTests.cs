using QuantumImprov.Audio.Tests.Measuring;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Audio.Tests.Synth;

public sealed class PitchTests
{
    // The room goes on at frequencies of its own after an onset, which a tuner reads as a few cents; so it is kept out.
    private static readonly TimedMessage Dry = Play.At(0, ShortMessage.Control(0, 91, 0));

    public static TheoryData<int> Programs => [0, 4, 11, 16, 24, 33];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_key_of_a_piano_is_in_tune_within_two_cents(int program)
    {
        for (var key = 21; key <= 108; key += 3)
        {
            var sound = Play.BuiltIn([Dry, .. Play.Note(0, 1.2, key)], program);
            var window = sound.Left.Between(0.1, 1.1);
            var heard = Meter.Frequency(window, Meter.Hertz(key), Play.SampleRate);
            Assert.True(Math.Abs(Meter.Cents(heard, Meter.Hertz(key))) < 2, $"Key {key} sounds at {heard:0.000} Hz, {Meter.Cents(heard, Meter.Hertz(key)):0.00} cents off.");
            Assert.True(Meter.Tone(window, Meter.Hertz(key), Play.SampleRate).Magnitude > 0.001, $"Key {key} has no fundamental.");
        }
    }

    [Theory]
    [InlineData(0x7F, 0x7F, 200)]
    [InlineData(0, 0, -200)]
    [InlineData(0, 0x60, 100)]
    public void The_wheel_bends_by_two_semitones(int low, int high, double cents)
    {
        var sound = Play.BuiltIn([Dry, Play.At(0, new ShortMessage(0xE0, (byte)low, (byte)high)), .. Play.Note(0, 1.2, 60)]);
        var expected = Meter.Hertz(60) * Math.Pow(2, cents / 1200);
        Assert.InRange(Meter.Cents(Meter.Frequency(sound.Left.Between(0.1, 1.1), expected, Play.SampleRate), expected), -2, 2);
    }

    [Fact]
    public void The_wheel_bends_a_note_that_already_sounds_by_the_range_the_registered_parameter_asks_for()
    {
        var sound = Play.BuiltIn(
        [
            Dry, Play.At(0, ShortMessage.Control(0, 101, 0)), Play.At(0, ShortMessage.Control(0, 100, 0)), Play.At(0, ShortMessage.Control(0, 6, 12)),
            .. Play.Note(0, 2, 60), Play.At(0.5, new ShortMessage(0xE0, 0x7F, 0x7F)),
        ]);
        Assert.InRange(Meter.Cents(Meter.Frequency(sound.Left.Between(0.7, 1.7), Meter.Hertz(72), Play.SampleRate), Meter.Hertz(72)), -2, 2);
    }

    [Fact]
    public void A_long_organ_note_neither_drifts_nor_grows()
    {
        var sound = Play.BuiltIn([Dry, .. Play.Note(0, 60, 69)], program: 16);
        var early = sound.Left.Between(1, 3);
        var late = sound.Left.Between(57, 59);
        Assert.InRange(Meter.Decibels(Meter.Rms(late)) - Meter.Decibels(Meter.Rms(early)), -0.5, 0.5);
        Assert.InRange(Meter.Cents(Meter.Frequency(late, 440, Play.SampleRate), 440), -2, 2);
    }
}
