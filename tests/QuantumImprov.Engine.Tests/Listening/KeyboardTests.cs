using CsCheck;
using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class KeyboardTests
{
    [Fact]
    public void A_doubled_note_on_is_struck_again_but_held_once()
    {
        var keyboard = new Keyboard();
        Assert.Equal(KeyChange.Down, Hear(keyboard, ShortMessage.NoteOn(0, 60, 80)));
        Assert.Equal(KeyChange.Down, Hear(keyboard, ShortMessage.NoteOn(0, 60, 80)));
        Assert.Equal(1, keyboard.Held);
        Assert.Equal(KeyChange.Up, Hear(keyboard, ShortMessage.NoteOff(0, 60)));
        Assert.Equal(0, keyboard.Held);
    }

    [Fact]
    public void A_note_off_without_a_note_on_is_nothing()
    {
        var keyboard = new Keyboard();
        Hear(keyboard, ShortMessage.NoteOn(0, 60, 80));
        Assert.Equal(KeyChange.None, Hear(keyboard, ShortMessage.NoteOff(0, 61)));
        Assert.Equal(KeyChange.None, Hear(keyboard, ShortMessage.NoteOff(1, 60)));
        Assert.Equal(1, keyboard.Held);
    }

    [Fact]
    public void Channel_10_is_not_heard_as_pitch_and_every_other_channel_is()
    {
        for (var channel = 0; channel < 16; channel++)
        {
            var keyboard = new Keyboard();
            Assert.Equal(channel == 9 ? KeyChange.None : KeyChange.Down, Hear(keyboard, ShortMessage.NoteOn(channel, 60, 80)));
            Assert.Equal(channel == 9 ? 0 : 1, keyboard.Held);
        }
    }

    [Fact]
    public void The_sustain_pedal_holds_no_key()
    {
        var keyboard = new Keyboard();
        Assert.Equal(KeyChange.None, Hear(keyboard, ShortMessage.Control(0, 64, 127)));
        Hear(keyboard, ShortMessage.NoteOn(0, 60, 80));
        Hear(keyboard, ShortMessage.NoteOff(0, 60));
        Assert.Equal(0, keyboard.Held);
    }

    [Theory]
    [InlineData(0xB0, 120)]
    [InlineData(0xB0, 121)]
    [InlineData(0xB0, 123)]
    [InlineData(0xFF, 0)]
    public void All_notes_off_lifts_every_key(byte status, byte data)
    {
        var keyboard = new Keyboard();
        for (var pitch = 0; pitch < 128; pitch++) Hear(keyboard, ShortMessage.NoteOn(pitch % 8, pitch, 80));
        Assert.Equal(128, keyboard.Held);
        Assert.Equal(KeyChange.AllUp, Hear(keyboard, new ShortMessage(status, data, 0)));
        Assert.Equal(0, keyboard.Held);
        Assert.Equal(KeyChange.None, Hear(keyboard, new ShortMessage(status, data, 0)));
    }

    // 5,000 sequences of up to 400 messages: half any three bytes at all, half notes that meet each other.
    [Fact]
    public void Whatever_bytes_come_the_count_of_held_keys_is_that_of_a_plain_set_and_ends_at_zero() =>
        Gen.OneOf(
            Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte).Select((s, a, b) => new ShortMessage(s, a, b)),
            Gen.Select(Gen.Int[0x80, 0x9F], Gen.Int[58, 64], Gen.Int[0, 2]).Select((s, a, b) => new ShortMessage((byte)s, (byte)a, (byte)b)))
        .Array[0, 400].Sample(messages =>
        {
            var (keyboard, held) = (new Keyboard(), new HashSet<(int, int)>());
            foreach (var m in messages)
            {
                var change = Hear(keyboard, m);
                switch (change)
                {
                    case KeyChange.Down: held.Add((m.Channel, m.Data1)); break;
                    case KeyChange.Up: Assert.True(held.Remove((m.Channel, m.Data1))); break;
                    case KeyChange.AllUp: held.Clear(); break;
                }

                Assert.Equal(held.Count, keyboard.Held);
            }

            Hear(keyboard, ShortMessage.Control(0, 123, 0));
            Assert.Equal(0, keyboard.Held);
        }, iter: 5_000);

    private static KeyChange Hear(Keyboard keyboard, ShortMessage message) => keyboard.Hear(new TimedMessage(default, message)).Change;
}
