using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class InputDecoderTests
{
    [Fact]
    public void Every_short_message_comes_through_as_it_is() =>
        Gen.Select(Gen.Byte[0x80, 0xFF], Gen.Byte[0, 127], Gen.Byte[0, 127]).Where((status, _, _) => new ShortMessage(status, 0, 0).Length > 0).Sample(
            (status, one, two) =>
            {
                byte[] bytes = [status, one, two];
                var length = new ShortMessage(status, 0, 0).Length;
                var decoder = new InputDecoder();
                return decoder.TryDecode(bytes.AsSpan(0, length), out var message)
                    && message == new ShortMessage(status, length > 1 ? one : (byte)0, length > 2 ? two : (byte)0)
                    && decoder is { Malformed: 0, Exclusives: 0 };
            },
            iter: 20_000);

    [Fact]
    public void Any_bytes_give_sound_messages_or_none_and_a_note_after_them_comes_through() =>
        Gen.Byte.Array[0, 12].Array[0, 40].Sample(
            events =>
            {
                var decoder = new InputDecoder();
                foreach (var bytes in events)
                {
                    if (decoder.TryDecode(bytes, out var message) && (message.Length != bytes.Length || (message.Data1 | message.Data2) > 127)) return false;
                }

                return decoder.TryDecode([0x91, 60, 100], out var note) && note == ShortMessage.NoteOn(1, 60, 100);
            },
            iter: 50_000);

    [Fact]
    public void System_exclusive_in_chunks_is_passed_over_as_one()
    {
        var decoder = new InputDecoder();
        Assert.False(decoder.TryDecode([0xF0, 1, 2], out _));
        Assert.False(decoder.TryDecode([3, 4], out _));
        Assert.True(decoder.TryDecode([0xF8], out var clock));
        Assert.Equal(0xF8, clock.Status);
        Assert.False(decoder.TryDecode([5, 0xF7], out _));
        Assert.False(decoder.TryDecode([0xF0, 9, 0xF7], out _));
        Assert.Equal((2, 0), (decoder.Exclusives, decoder.Malformed));
        Assert.False(decoder.TryDecode([60, 100], out _));
        Assert.Equal(1, decoder.Malformed);
    }
}
