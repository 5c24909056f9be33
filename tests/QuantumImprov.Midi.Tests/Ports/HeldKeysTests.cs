using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Ports;
using Xunit;

namespace QuantumImprov.Midi.Tests.Ports;

public sealed class HeldKeysTests
{
    private static readonly Gen<ShortMessage> Messages = Gen.OneOf(
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 127], Gen.Int[0, 127], (channel, pitch, velocity) => new ShortMessage((byte)(0x90 | channel), (byte)pitch, (byte)velocity)),
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 127], (channel, pitch) => ShortMessage.NoteOff(channel, pitch)),
        Gen.Select(Gen.Int[0, 15], Gen.Int[60, 127], Gen.Int[0, 127], ShortMessage.Control));

    [Fact]
    public void What_is_released_is_exactly_what_a_plain_list_says_is_down() =>
        Messages.List[0, 400].Sample(messages =>
        {
            var held = new HeldKeys();
            var (keys, pedals) = (new SortedSet<(int, int)>(), new SortedSet<int>());
            foreach (var m in messages)
            {
                held.Follow(m);
                if (m.IsNoteOn) keys.Add((m.Channel, m.Data1));
                else if (m.IsNoteOff) keys.Remove((m.Channel, m.Data1));
                else if (m.Data1 == 64 && m.Data2 >= 64) pedals.Add(m.Channel);
                else if (m.Data1 is 64 or 121) pedals.Remove(m.Channel);
                else if (m.Data1 is 120 or >= 123) keys.RemoveWhere(key => key.Item1 == m.Channel);
            }

            var expected = keys.Select(key => ShortMessage.NoteOff(key.Item1, key.Item2)).Concat(pedals.Select(channel => ShortMessage.Control(channel, 64, 0))).ToList();
            if (held.IsEmpty != (expected.Count == 0)) return false;
            var found = new List<ShortMessage>();
            while (held.TryRelease(out var ending)) found.Add(ending);
            return held.IsEmpty && found.SequenceEqual(expected);
        });

    [Fact]
    public void Only_endings_can_be_owed()
    {
        var owed = new HeldKeys();
        Assert.False(owed.Owe(ShortMessage.NoteOn(0, 60, 1)));
        Assert.False(owed.Owe(ShortMessage.Control(0, 64, 127)));
        Assert.True(owed.IsEmpty);
        Assert.True(owed.Owe(ShortMessage.NoteOff(3, 60)));
        Assert.True(owed.TryRelease(out var ending));
        Assert.Equal(ShortMessage.NoteOff(3, 60), ending);
    }
}
