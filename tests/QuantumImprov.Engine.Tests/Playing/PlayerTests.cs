using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Session;
using Xunit;

namespace QuantumImprov.Engine.Tests.Playing;

public class PlayerTests
{
    // A note's epoch is counted from the one in force: -1 is stale, 1 was handed over in the instant before the epoch is seen to rise.
    // What the engine's thread and the player's may do to it. Times are microseconds from the next turn's start.
    private abstract record Deed
    {
        public sealed record Hand(int On, int Length, int Pitch, int Epoch) : Deed;

        public sealed record Raise : Deed;

        public sealed record Panic : Deed;

        public sealed record Turn(int Length) : Deed;
    }

    private static readonly Gen<Deed> Deeds = Gen.Frequency(
        (12, Gen.Select(Gen.Int[-2_000, 30_000], Gen.Int[1, 40_000], Gen.Int[60, 65], Gen.Int[0, 15]).Select((on, length, pitch, epoch) => (Deed)new Deed.Hand(on, length, pitch, epoch == 0 ? -1 : epoch > 12 ? 1 : 0))),
        (1, Gen.Const((Deed)new Deed.Raise())),
        (1, Gen.Int[0, 3].Select(i => i == 0 ? (Deed)new Deed.Panic() : new Deed.Turn(1))),
        (8, Gen.OneOf(Gen.Int[1, 100], Gen.Int[2_000, 12_000]).Select(length => (Deed)new Deed.Turn(length))));

    // 1,000 lives of up to 300 deeds against a plain model: the same messages at the same nanosecond, the same counts, and silence at the end.
    [Fact]
    public void Whatever_is_handed_over_raised_panicked_and_turned_the_player_does_what_the_plain_model_does() =>
        Deeds.Array[0, 300].Sample(deeds =>
        {
            var (player, model, sink) = (new Player(), new PlayerModel(), new PartnerRecording());
            var now = new HostTime(5_000);
            var (id, seen, sounding, taken) = (0, 0, new HashSet<(int, int)>(), new HashSet<(HostTime, int)>());
            foreach (var deed in deeds.Append(new Deed.Turn(100_000)))
            {
                switch (deed)
                {
                    case Deed.Hand hand:
                        var on = now.Plus(hand.On * 1_000L);
                        // Which of two notes of one key and one instant sounds on is nobody's business.
                        if (!taken.Add((on, hand.Pitch))) break;
                        // Channel and velocity together name the note; 127 in a row share a channel and can meet on one key.
                        var note = new PlannedNote(on, on.Plus(hand.Length * 1_000L), (byte)(id / 127 % 16), (byte)hand.Pitch, (byte)(1 + id++ % 127), model.Epoch + hand.Epoch);
                        Assert.True(player.TryHand(note));
                        model.Hand(note);
                        break;
                    case Deed.Raise:
                        model.RaiseEpoch();
                        Assert.Equal(model.Epoch, player.RaiseEpoch());
                        break;
                    case Deed.Panic:
                        model.Panic();
                        player.Panic();
                        break;
                    case Deed.Turn turn:
                        var until = now.Plus(turn.Length * 1_000L);
                        player.Turn(now, until, sink);
                        var sent = sink.Messages[seen..];
                        AssertInOrder(sent, now, until);
                        Assert.Equal(Sorted(model.Turn(now, until)), Sorted(sent));
                        Follow(sent, sounding);
                        Assert.Equal((model.Sounding, model.Pending, (long)model.Late, 0L), (player.Sounding, player.Pending, player.Late, player.Refused));
                        Assert.Equal(sounding.Count, player.Sounding);
                        seen = sink.Messages.Length;
                        now = until;
                        break;
                }
            }

            player.RaiseEpoch();
            player.Turn(now, now.Plus(1), sink);
            Follow(sink.Messages[seen..], sounding);
            Assert.Empty(sounding);
            Assert.Equal(0, player.Pending);
            var emitted = new List<TimedMessage>();
            while (player.TryReadEmitted(out var message)) emitted.Add(message);
            Assert.Equal(sink.Messages, emitted);
        }, iter: 1_000);

    [Fact]
    public void What_finds_no_room_is_left_out_whole_and_counted()
    {
        var (player, sink) = (new Player(), new PartnerRecording());
        var accepted = 0;
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 5_000; i++) accepted += player.TryHand(new PlannedNote(new HostTime(1_000 + i), new HostTime(2_000 + i), 0, 60, 80, 0)) ? 1 : 0;
            player.Turn(default, new HostTime(1), sink);
        }

        Assert.Equal(3 * Player.PendingCapacity, accepted);
        Assert.Equal(15_000 - Player.PendingCapacity, player.Refused);
        player.Turn(new HostTime(1), new HostTime(100_000), sink);
        Assert.Equal(Player.PendingCapacity, sink.Messages.Count(m => m.Message.IsNoteOn));
        Assert.Equal(Player.PendingCapacity, sink.Messages.Count(m => m.Message.IsNoteOff));
    }

    [Fact]
    public void More_notes_than_can_sound_at_once_are_left_out_and_counted()
    {
        var (player, sink) = (new Player(), new PartnerRecording());
        for (var i = 0; i < 300; i++) player.TryHand(new PlannedNote(new HostTime(10), new HostTime(1_000), (byte)(i / 128), (byte)(i % 128), 80, 0));
        player.Turn(default, new HostTime(100), sink);
        Assert.Equal(Player.SoundingCapacity, player.Sounding);
        Assert.Equal(300 - Player.SoundingCapacity, player.Refused);
        player.Turn(new HostTime(100), new HostTime(2_000), sink);
        Assert.Equal(0, player.Sounding);
        Assert.Equal(Player.SoundingCapacity, sink.Messages.Count(m => m.Message.IsNoteOff));
    }

    [Fact]
    public void Of_one_instant_note_offs_come_first_and_then_the_lower_pitch_whatever_the_order_of_handing_over()
    {
        var (player, sink) = (new Player(), new PartnerRecording());
        foreach (var (pitch, on, off) in new[] { (67, 20, 30), (60, 20, 30), (64, 20, 30), (50, 0, 20) })
            player.TryHand(new PlannedNote(new HostTime(on), new HostTime(off), 0, (byte)pitch, 80, 0));
        player.Turn(default, new HostTime(25), sink);
        Assert.Equal([(true, 50), (false, 50), (true, 60), (true, 64), (true, 67)], sink.Messages.Select(m => (m.Message.IsNoteOn, (int)m.Message.Data1)));
    }

    [Fact]
    public void Endings_are_repeated_once_when_asked_but_for_keys_that_sound_again_and_for_old_ones()
    {
        const long Second = 1_000_000_000;
        var (player, sink) = (new Player(), new PartnerRecording());
        foreach (var (pitch, on, off) in new[] { (50, 0L, Second / 2), (60, Second, 2 * Second), (62, Second, 2 * Second), (62, 2 * Second, 5 * Second), (64, 2 * Second, 5 * Second) })
            player.TryHand(new PlannedNote(new HostTime(on), new HostTime(off), 3, (byte)pitch, 80, 0));
        player.Turn(default, new HostTime(3 * Second), sink);
        var seen = sink.Messages.Length;
        player.RepeatEndings();
        player.Turn(new HostTime(3 * Second), new HostTime(3 * Second + 1), sink);
        Assert.Equal([new TimedMessage(new HostTime(3 * Second), ShortMessage.NoteOff(3, 60))], sink.Messages[seen..]);
        player.Turn(new HostTime(3 * Second + 1), new HostTime(4 * Second), sink);
        Assert.Equal(seen + 1, sink.Messages.Length);

        // What is kept of the session has every ending once.
        player.RaiseEpoch();
        player.Turn(new HostTime(4 * Second), new HostTime(4 * Second + 1), sink);
        var kept = new List<TimedMessage>();
        while (player.TryReadEmitted(out var message)) kept.Add(message);
        Assert.Equal((5, 5), (kept.Count(m => m.Message.IsNoteOn), kept.Count(m => m.Message.IsNoteOff)));
    }

    [Fact]
    public void Of_many_endings_the_last_ones_are_repeated()
    {
        var (player, sink) = (new Player(), new PartnerRecording());
        for (var i = 0; i < 100; i++) player.TryHand(new PlannedNote(new HostTime(10 * i), new HostTime(10 * i + 5), 0, (byte)i, 80, 0));
        player.Turn(default, new HostTime(2_000), sink);
        player.RepeatEndings();
        player.Turn(new HostTime(2_000), new HostTime(2_001), sink);
        Assert.Equal(Enumerable.Range(100 - Player.EndingsKept, Player.EndingsKept), sink.Messages[200..].Select(m => (int)m.Message.Data1));
    }

    private static void AssertInOrder(IEnumerable<TimedMessage> sent, HostTime from, HostTime until)
    {
        var before = from;
        foreach (var message in sent)
        {
            Assert.True(message.At >= before && message.At < until);
            before = message.At;
        }
    }

    private static void Follow(IEnumerable<TimedMessage> sent, HashSet<(int, int)> sounding)
    {
        foreach (var m in sent.Select(m => m.Message))
        {
            if (m.IsNoteOn) Assert.True(sounding.Add((m.Channel, m.Data1)), "a key that sounds is ended before it starts again");
            if (m.IsNoteOff) Assert.True(sounding.Remove((m.Channel, m.Data1)), "a note-off has its note-on");
        }
    }

    // Two notes can end at one instant in either order.
    private static IEnumerable<TimedMessage> Sorted(IEnumerable<TimedMessage> messages) =>
        messages.OrderBy(m => m.At).ThenBy(m => m.Message.Status).ThenBy(m => m.Message.Data1).ThenBy(m => m.Message.Data2);
}
