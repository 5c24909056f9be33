using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Music;

public class ShortMessageTests
{
    [Fact]
    public void Lengths_are_those_of_the_MIDI_1_0_wire()
    {
        for (var status = 0x80; status <= 0xFF; status++)
        {
            var expected = status switch
            {
                < 0xC0 => 3,
                < 0xE0 => 2,
                < 0xF0 => 3,
                0xF1 or 0xF3 => 2,
                0xF2 => 3,
                0xF6 or 0xF8 or 0xF9 or 0xFA or 0xFB or 0xFC or 0xFD or 0xFE or 0xFF => 1,
                _ => 0,
            };
            Assert.Equal(expected, new ShortMessage((byte)status, 1, 1).Length);
        }
    }

    [Fact]
    public void A_note_on_without_velocity_lifts_the_key()
    {
        Assert.True(new ShortMessage(0x93, 60, 0).IsNoteOff);
        Assert.False(new ShortMessage(0x93, 60, 0).IsNoteOn);
        Assert.True(ShortMessage.NoteOn(3, 60, 1).IsNoteOn);
        Assert.True(ShortMessage.NoteOff(3, 60).IsNoteOff);
    }

    [Fact]
    public void Messages_carry_their_channel_and_data()
    {
        for (var channel = 0; channel < 16; channel++)
        {
            Assert.Equal((0x90, channel), (ShortMessage.NoteOn(channel, 1, 2).Kind, ShortMessage.NoteOn(channel, 1, 2).Channel));
            Assert.Equal(new ShortMessage((byte)(0xB0 + channel), 64, 127), ShortMessage.Control(channel, 64, 127));
            Assert.Equal(new ShortMessage((byte)(0xC0 + channel), 5, 0), ShortMessage.Program(channel, 5));
        }
    }
}
