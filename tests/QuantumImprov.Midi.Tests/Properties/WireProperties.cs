using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Wire;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Midi.Tests.Properties;

public class WireProperties
{
    // All messages but real-time ones, which the test puts in between itself; bytes a message does not have are 0.
    private static readonly Gen<ShortMessage> Message = Gen.Select(Gen.Int[0x80, 0xF7], Gen.Byte[0, 127], Gen.Byte[0, 127])
        .Select((status, d1, d2) => new ShortMessage((byte)status, d1, d2))
        .Where(message => message.Length > 0)
        .Select(message => message.Length switch { 1 => message with { Data1 = 0, Data2 = 0 }, 2 => message with { Data2 = 0 }, _ => message });

    [Fact]
    public void Every_message_sent_comes_out_whatever_is_sent_in_between() =>
        Gen.Select(Message, Gen.Bool, Gen.Int[0, 9], Gen.Byte[0xF8, 0xFF]).Array[0, 200].Sample(sent =>
        {
            var (bytes, messages, realTime) = Sent(sent);
            var received = Received(bytes);
            return received.Where(m => m.Status < 0xF8).SequenceEqual(messages) && received.Where(m => m.Status >= 0xF8).SequenceEqual(realTime);
        }, iter: 5_000);

    [Fact]
    public void It_does_not_matter_how_the_stream_is_cut() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[1, 20]).Sample((bytes, size) =>
        {
            var parser = new WireParser();
            var inPieces = new List<ShortMessage>();
            foreach (var piece in bytes.Chunk(size))
            {
                ReadOnlySpan<byte> rest = piece;
                while (parser.TryRead(ref rest, out var message)) inPieces.Add(message);
            }

            return inPieces.SequenceEqual(Received(bytes));
        }, iter: 5_000);

    [Fact]
    public void A_million_random_bytes_give_only_whole_messages_and_allocate_nothing()
    {
        var random = new Xoshiro(7);
        var bytes = new byte[1_000_000];
        // The second half is mostly data and so meets the states that need two data bytes.
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i < bytes.Length / 2 || random.NextInt(8) == 0 ? random.NextBits() : random.NextBits() & 0x7F);
        var spare = new WireParser();
        Assert.Equal(0, Allocated.By(() => Count(spare, bytes)));
        var parser = new WireParser();
        var (messages, faulty) = Count(parser, bytes);
        Assert.Equal(0, faulty);
        Assert.InRange(messages, 200_000, 700_000);
        Assert.InRange(parser.Stray, 10_000, 500_000);
        Assert.InRange(parser.Broken, 10_000, 500_000);
        Assert.InRange(parser.SystemExclusives, 1_000, 100_000);
    }

    [Fact]
    public void After_any_noise_a_message_with_its_status_byte_comes_out() =>
        Gen.Select(Gen.Byte.Array[0, 50], Message.Where(m => m.Status < 0xF0)).Sample((noise, message) =>
        {
            byte[] wire = [message.Status, message.Data1, message.Data2];
            return Received([.. noise, .. wire[..message.Length]]).Last() == message;
        }, iter: 20_000);

    private static (long Messages, long Faulty) Count(WireParser parser, ReadOnlySpan<byte> bytes)
    {
        long messages = 0, faulty = 0;
        while (parser.TryRead(ref bytes, out var m))
        {
            messages++;
            if (m.Length == 0 || m.Data1 > 127 || m.Data2 > 127 || (m.Length < 2 && m.Data1 != 0) || (m.Length < 3 && m.Data2 != 0)) faulty++;
        }

        return (messages, faulty);
    }

    private static List<ShortMessage> Received(byte[] bytes)
    {
        var parser = new WireParser();
        var received = new List<ShortMessage>();
        foreach (var next in bytes)
        {
            if (parser.Take(next, out var message)) received.Add(message);
        }

        return received;
    }

    // Running status where asked for and allowed; before a byte, sometimes, a real-time byte; after a message, sometimes, system exclusive data.
    private static (byte[] Bytes, List<ShortMessage> Messages, List<ShortMessage> RealTime) Sent((ShortMessage Message, bool Running, int Between, byte RealTime)[] sent)
    {
        var (bytes, messages, realTime) = (new List<byte>(), new List<ShortMessage>(), new List<ShortMessage>());
        var running = 0;
        foreach (var (message, mayRun, between, tick) in sent)
        {
            byte[] wire = [message.Status, message.Data1, message.Data2];
            var first = mayRun && running == message.Status ? 1 : 0;
            for (var i = first; i < message.Length; i++)
            {
                if (between == i + 1)
                {
                    bytes.Add(tick);
                    realTime.Add(new ShortMessage(tick, 0, 0));
                }

                bytes.Add(wire[i]);
            }

            messages.Add(message);
            running = message.Status < 0xF0 ? message.Status : 0;
            if (between is not (8 or 9)) continue;
            bytes.AddRange([0xF0, 0x01, 0x02]);
            if (between == 9) bytes.Add(0xF7);
            running = 0;
        }

        return ([.. bytes], messages, realTime);
    }
}
