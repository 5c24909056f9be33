using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack.Native;

/// <summary>The turn in C and the turn in C# do the same, whatever is asked of them; and one goes on where the other left off.</summary>
public sealed class PlayerTwinTests
{
    // Times are microseconds from the next turn's start.
    private abstract record Deed
    {
        public sealed record Hand(int On, int Length, int Channel, int Pitch, int Epoch) : Deed;

        public sealed record Follow(int Voice, int Channels, int Channel, int Semitones, int Loudness) : Deed;

        public sealed record Through(int Voice, int Channels, int? Channel) : Deed;

        public sealed record Signal(int At, int What) : Deed;

        public sealed record Ask(int What) : Deed;

        public sealed record Turn(int Length, (int At, int Kind, int Data1, int Data2)[] Heard) : Deed;
    }

    private static readonly Gen<Deed> Deeds = Gen.Frequency(
        (12, Gen.Select(Gen.Int[-2_000, 30_000], Gen.Int[-10, 40_000], Gen.Int[0, 2], Gen.Int[60, 65], Gen.Int[-1, 1]).Select((on, length, channel, pitch, epoch) => (Deed)new Deed.Hand(on, length, channel, pitch, epoch))),
        (1, Gen.Select(Gen.Int[4, 7], Gen.Int[0, 7], Gen.Int[-1, 2]).Select((voice, channels, channel) => (Deed)new Deed.Through(voice, channels, channel < 0 ? null : channel))),
        (2, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[-70, 70], Gen.Int[0, 8]).Select((voice, channels, channel, semitones, loudness) => (Deed)new Deed.Follow(voice, channels, channel, semitones, loudness))),
        (4, Gen.Select(Gen.Int[-2_000, 30_000], Gen.Int[0, 127]).Select((at, what) => (Deed)new Deed.Signal(at, what))),
        (2, Gen.Int[0, 4].Select(what => (Deed)new Deed.Ask(what))),
        (8, Gen.Select(
            Gen.Int[1, 12_000],
            Gen.Select(Gen.Int[-100, 13_000], Gen.OneOf(0x80, 0x81, 0x90, 0x91, 0x91, 0x92, 0xB0, 0xB1, 0xB2, 0xA0, 0xC1, 0xD0, 0xE0), Gen.OneOf(Gen.Const(64), Gen.Const(32), Gen.Int[60, 66], Gen.Int[0, 127]), Gen.OneOf(0, 1, 64, 127)).Array[0, 8])
            .Select((length, heard) => (Deed)new Deed.Turn(length, heard))));

    [Fact]
    public void Whatever_is_asked_of_them_both_send_the_same() => Compare((_, _) => true, turns: 2_000);

    // The seat changes hands when a server dies and returns.
    [Fact]
    public void One_goes_on_where_the_other_left_off() => Compare((turn, seed) => (seed >> turn % 31 & 1) != 0, turns: 2_000);

    private static void Compare(Func<int, int, bool> native, int turns)
    {
        JackRig.Need(Callback.Native);
        Gen.Select(Deeds.Array[0, 120], Gen.Int).Sample((deeds, seed) =>
        {
            var (managed, twin) = (new Player(), new Player());
            var now = new HostTime(7_000_000_000);
            var turn = 0;
            foreach (var deed in deeds.Append(new Deed.Turn(100_000, [])))
            {
                if (deed is Deed.Turn length)
                {
                    var until = now.Plus(length.Length * 1_000L);
                    var heard = length.Heard.OrderBy(h => h.At).Select(h => new TimedMessage(now.Plus(h.At * 1_000L), new ShortMessage((byte)h.Kind, (byte)h.Data1, (byte)h.Data2))).ToArray();
                    var expected = ByHand(managed, now, until, heard);
                    var sent = native(turn++, seed) ? TwinRig.Turn(twin, now, until, heard) : ByHand(twin, now, until, heard);
                    Assert.Equal(expected, sent);
                    Assert.Equal((managed.Sounding, managed.Pending, managed.Late, managed.Refused), (twin.Sounding, twin.Pending, twin.Late, twin.Refused));
                    Assert.Equal(Emitted(managed), Emitted(twin));
                    now = until;
                }
                else
                {
                    Do(managed, deed, now);
                    Do(twin, deed, now);
                }
            }
        }, iter: turns);
    }

    private static void Do(Player player, Deed deed, HostTime now)
    {
        switch (deed)
        {
            case Deed.Hand hand:
                var on = now.Plus(hand.On * 1_000L);
                player.TryHand(new PlannedNote(on, on.Plus(hand.Length * 1_000L), (byte)hand.Channel, (byte)hand.Pitch, (byte)(1 + hand.On & 63), player.Epoch + hand.Epoch));
                break;
            case Deed.Follow follow:
                player.TryFollow(FollowRule.Moved(follow.Voice, (ushort)follow.Channels, follow.Channel, follow.Semitones, follow.Loudness / 4.0));
                break;
            case Deed.Through through:
                player.TryFollow(FollowRule.Through(through.Voice, (ushort)through.Channels, through.Channel));
                break;
            case Deed.Signal signal:
                player.TrySignal(new TimedMessage(now.Plus(signal.At * 1_000L), new ShortMessage(0xF8, (byte)signal.What, 0)));
                break;
            case Deed.Ask { What: 0 }:
                player.RaiseEpoch();
                break;
            case Deed.Ask { What: 1 }:
                player.Panic();
                break;
            case Deed.Ask { What: 2 }:
                player.ReleaseKeys();
                break;
            case Deed.Ask:
                player.RepeatEndings();
                break;
        }
    }

    private static List<(HostTime, ShortMessage, bool)> ByHand(Player player, HostTime from, HostTime until, TimedMessage[] heard)
    {
        var sink = new AllSink();
        player.Turn(from, until, sink, heard);
        return sink.Sent;
    }

    private static List<TimedMessage> Emitted(Player player)
    {
        var emitted = new List<TimedMessage>();
        while (player.TryReadEmitted(out var message)) emitted.Add(message);
        return emitted;
    }

    private sealed class AllSink : IMessageSink
    {
        public List<(HostTime, ShortMessage, bool)> Sent { get; } = [];

        public void Emit(HostTime at, ShortMessage message) => Sent.Add((at, message, false));

        public void Signal(HostTime at, ShortMessage message) => Sent.Add((at, message, true));

        public void Repeat(HostTime at, ShortMessage message) => Sent.Add((at, message, true));
    }
}
