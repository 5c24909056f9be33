using CsCheck;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class ExpressionZonesTests
{
    private readonly ExpressionZones _zones = new();

    [Fact]
    public void Without_a_word_of_the_instrument_there_are_no_zones_and_bends_go_by()
    {
        Bend(3, 16383);
        for (var channel = 0; channel < 16; channel++) Assert.False(_zones.IsMember(channel));
        Assert.Equal(60, _zones.PitchOf(3, 60));
    }

    [Theory]
    [InlineData(0, 15, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15")]
    [InlineData(0, 5, "1 2 3 4 5")]
    [InlineData(15, 3, "12 13 14")]
    [InlineData(0, 0, "")]
    [InlineData(4, 7, "")]
    public void A_zone_has_the_channels_beside_its_master(int master, int members, string expected)
    {
        Configure(master, members);
        Assert.Equal(expected, Members());
    }

    [Fact]
    public void A_zone_that_grows_takes_from_the_other()
    {
        Configure(0, 10);
        Configure(15, 7);
        Assert.Equal("1 2 3 4 5 6 7 8 9 10 11 12 13 14", Members());
        Configure(0, 14);
        Configure(15, 0);
        Assert.Equal("1 2 3 4 5 6 7 8 9 10 11 12 13 14", Members());
    }

    [Theory]
    [InlineData(8192, 60)]
    [InlineData(8192 + 171, 61)]
    [InlineData(8192 + 80, 60)]
    [InlineData(0, 12)]
    [InlineData(16383, 108)]
    public void A_note_s_own_bend_is_heard_to_the_nearest_semitone_of_48(int bend, int pitch)
    {
        Configure(0, 15);
        Bend(9, bend);
        Assert.Equal(pitch, _zones.PitchOf(9, 60));
        Assert.Equal(60, _zones.PitchOf(8, 60));
    }

    [Fact]
    public void A_stated_range_counts_and_the_master_bends_all_of_its_zone_by_two()
    {
        Configure(0, 7);
        Configure(15, 7);
        Parameter(2, 0, 12);
        Bend(3, 16383);
        Assert.Equal(72, _zones.PitchOf(3, 60));
        Bend(0, 16383);
        Assert.Equal((74, 62, 60), (_zones.PitchOf(3, 60), _zones.PitchOf(1, 60), _zones.PitchOf(10, 60)));
        Bend(10, 0);
        Assert.Equal(12, _zones.PitchOf(10, 60));
    }

    [Fact]
    public void On_such_an_instrument_every_note_is_heard_at_its_pitch_and_ends_there()
    {
        var keyboard = new Keyboard();
        foreach (var message in (ShortMessage[])[ShortMessage.Control(0, 101, 0), ShortMessage.Control(0, 100, 6), ShortMessage.Control(0, 6, 15)]) Hear(message);
        for (var channel = 1; channel < 16; channel++)
        {
            Hear(new ShortMessage((byte)(0xE0 | channel), (8192 + 171) & 127, (8192 + 171) >> 7));
            Assert.Equal((KeyChange.Down, 61), Hear(ShortMessage.NoteOn(channel, 60, 80)));
            // It slides on; it ends as what it began.
            Hear(new ShortMessage((byte)(0xE0 | channel), 0, 0));
            Assert.Equal((KeyChange.Up, 61), Hear(ShortMessage.NoteOff(channel, 60)));
        }

        Assert.Equal(0, keyboard.Held);

        (KeyChange, int) Hear(ShortMessage message) => keyboard.Hear(new TimedMessage(default, message)) is var key ? (key.Change, key.Pitch) : default;
    }

    [Fact]
    public void Whatever_comes_pitches_stay_pitches() =>
        Gen.Select(Gen.OneOf(0xB0, 0xBF, 0xB1, 0xE0, 0xE5, 0xEF), Gen.OneOf(Gen.Const(6), Gen.Const(100), Gen.Const(101), Gen.Int[0, 127]), Gen.OneOf(Gen.Const(0), Gen.Const(6), Gen.Int[0, 127])).Array[0, 60].Sample(
            messages =>
            {
                var zones = new ExpressionZones();
                foreach (var (status, data1, data2) in messages) zones.Hear(new ShortMessage((byte)status, (byte)data1, (byte)data2));
                for (var channel = 0; channel < 16; channel++) Assert.InRange(zones.PitchOf(channel, 5 * channel), 0, 127);
                Assert.False(zones.IsMember(0) && zones.IsMember(15));
            },
            iter: 5_000);

    private string Members() => string.Join(' ', Enumerable.Range(0, 16).Where(_zones.IsMember));

    private void Configure(int master, int members) => Parameter(master, 6, members);

    private void Parameter(int channel, int parameter, int value)
    {
        foreach (var (controller, data) in new[] { (101, 0), (100, parameter), (6, value) }) _zones.Hear(ShortMessage.Control(channel, controller, data));
    }

    private void Bend(int channel, int bend) => _zones.Hear(new ShortMessage((byte)(0xE0 | channel), (byte)(bend & 127), (byte)(bend >> 7)));
}
