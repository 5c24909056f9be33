using CsCheck;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Engine.Session;
using Xunit;

namespace QuantumImprov.Engine.Tests.Playing;

/// <summary>Keys that are followed at once.</summary>
public class FollowTests
{
    private const ushort FirstChannel = 1, EveryChannel = 0xFFFF;

    private readonly Player _player = new();
    private readonly PartnerRecording _sink = new();

    [Fact]
    public void A_followed_key_sounds_at_its_own_instant_and_ends_with_it()
    {
        Assert.True(_player.TryFollow(FollowRule.Moved(0, FirstChannel, 5, 4, 0.5)));
        Turn(0, 100, On(10, 60, 100), On(20, 61, 100, channel: 1), Off(30, 60));
        Assert.Equal([At(10, ShortMessage.NoteOn(5, 64, 50)), At(30, ShortMessage.NoteOff(5, 64))], _sink.Messages);
    }

    [Fact]
    public void A_key_that_is_not_moved_goes_on_as_it_came_and_what_lies_outside_the_period_counts_as_at_its_edge()
    {
        _player.TryFollow(FollowRule.Moved(1, EveryChannel, 2, 0, 1));
        Turn(100, 200, On(50, 60, 1), On(150, 62, 127, channel: 9), Off(900, 60), Off(900, 62, channel: 9));
        Assert.Equal(
            [At(100, ShortMessage.NoteOn(2, 60, 1)), At(150, ShortMessage.NoteOn(2, 62, 127)), At(199, ShortMessage.NoteOff(2, 60)), At(199, ShortMessage.NoteOff(2, 62))],
            _sink.Messages);
    }

    [Fact]
    public void What_passes_through_keeps_its_channel_or_gets_one_and_brings_pedals_and_bends_with_it_but_no_programs()
    {
        _player.TryFollow(FollowRule.Through(4, 0b0101, null));
        _player.TryFollow(FollowRule.Through(5, 0b0010, 9));
        Turn(
            0, 100, On(10, 60, 33), Sent(11, 0xB0, 64, 127), Sent(12, 0xE2, 5, 70), Sent(13, 0xC1, 7, 0), Sent(13, 0xB1, 32, 2), Sent(14, 0xD3, 9, 0), Sent(15, 0xA1, 60, 3), On(16, 61, 44, channel: 1), On(17, 62, 55, channel: 3),
            Off(18, 61, channel: 1), Off(19, 60), Sent(20, 0xF8, 0, 0));
        Assert.Equal(
            [
                At(10, ShortMessage.NoteOn(0, 60, 33)), At(11, new(0xB0, 64, 127)), At(12, new(0xE2, 5, 70)), At(15, new(0xA9, 60, 3)), At(16, ShortMessage.NoteOn(9, 61, 44)),
                At(18, ShortMessage.NoteOff(9, 61)), At(19, ShortMessage.NoteOff(0, 60)),
            ],
            _sink.Messages);
        // It is no music of the partner's.
        Assert.False(_player.TryReadEmitted(out _));
    }

    [Fact]
    public void A_pedal_that_passed_through_comes_up_when_the_instrument_is_gone_or_the_rule_is()
    {
        Action<Player>[] all = [p => p.ReleaseKeys(), p => p.TryFollow(FollowRule.Off(6)), p => p.Panic()];
        foreach (var ends in all)
        {
            var (player, sink) = (new Player(), new PartnerRecording());
            player.TryFollow(FollowRule.Through(6, EveryChannel, null));
            player.Turn(default, new HostTime(100), sink, [Sent(10, 0xB4, 64, 100), On(11, 60, 80, channel: 4)]);
            // Another voice's end is none of its business.
            player.TryFollow(FollowRule.Off(1));
            player.Turn(new HostTime(100), new HostTime(200), sink);
            Assert.Equal(2, sink.Messages.Length);
            ends(player);
            player.Turn(new HostTime(200), new HostTime(300), sink);
            Assert.Contains(At(200, ShortMessage.Control(4, 64, 0)), sink.Messages);
            Assert.Contains(At(200, ShortMessage.NoteOff(4, 60)), sink.Messages);
            // Once.
            var sent = sink.Messages.Length;
            player.ReleaseKeys();
            player.Turn(new HostTime(300), new HostTime(400), sink);
            Assert.Equal(sent, sink.Messages.Length);
        }
    }

    [Fact]
    public void A_cable_that_brings_back_what_passed_through_makes_no_second_round_while_the_key_is_down()
    {
        _player.TryFollow(FollowRule.Through(4, EveryChannel, null));
        Turn(0, 100, On(10, 60, 80), On(60, 60, 80), Off(90, 60));
        Turn(100, 200, Off(110, 60));
        Assert.Equal([At(10, ShortMessage.NoteOn(0, 60, 80)), At(90, ShortMessage.NoteOff(0, 60))], _sink.Messages);
    }

    [Fact]
    public void A_key_that_is_down_ends_what_it_began_whatever_the_rule_is_by_then()
    {
        _player.TryFollow(FollowRule.Moved(0, FirstChannel, 0, 4, 1));
        Turn(0, 100, On(10, 60, 100));
        _player.TryFollow(FollowRule.Moved(0, 2, 3, -5, 1));
        Turn(100, 200, Off(150, 60));
        Assert.Equal([At(10, ShortMessage.NoteOn(0, 64, 100)), At(150, ShortMessage.NoteOff(0, 64))], _sink.Messages);
    }

    [Fact]
    public void A_new_epoch_leaves_held_keys_sounding_and_ends_the_plan()
    {
        _player.TryFollow(FollowRule.Moved(0, FirstChannel, 0, 0, 1));
        _player.TryHand(new PlannedNote(new HostTime(20), new HostTime(1_000), 0, 72, 80, _player.Epoch));
        Turn(0, 100, On(10, 60, 100));
        _player.RaiseEpoch();
        Turn(100, 200);
        Assert.Equal(At(100, ShortMessage.NoteOff(0, 72)), _sink.Messages[^1]);
        Assert.Equal(1, _player.Sounding);
        Turn(200, 300, Off(250, 60));
        Assert.Equal(0, _player.Sounding);
    }

    [Theory]
    [InlineData("panic")]
    [InlineData("the keys' instrument goes")]
    [InlineData("the voice stops following")]
    [InlineData("all notes off is heard")]
    [InlineData("all sound off is heard")]
    public void Held_keys_end_when(string what)
    {
        _player.TryFollow(FollowRule.Moved(2, FirstChannel, 0, 0, 1));
        Turn(0, 100, On(10, 60, 100));
        if (what == "panic") _player.Panic();
        if (what == "the keys' instrument goes") _player.ReleaseKeys();
        if (what == "the voice stops following") _player.TryFollow(FollowRule.Off(2));
        TimedMessage[] heard = what switch
        {
            "all notes off is heard" => [At(150, ShortMessage.Control(1, 123, 0)), At(150, ShortMessage.Control(0, 123, 0))],
            "all sound off is heard" => [At(150, ShortMessage.Control(0, 120, 0))],
            _ => [],
        };
        Turn(100, 200, heard);
        Assert.Equal(0, _player.Sounding);
        var ends = _sink.Messages.Where(m => m.Message.IsNoteOff).ToList();
        Assert.Equal(At(heard.Length > 0 ? 150 : 100, ShortMessage.NoteOff(0, 60)), Assert.Single(ends));
    }

    [Fact]
    public void A_planned_note_that_takes_a_held_key_over_is_not_ended_by_it()
    {
        _player.TryFollow(FollowRule.Moved(0, FirstChannel, 0, 0, 1));
        _player.TryHand(new PlannedNote(new HostTime(50), new HostTime(500), 0, 60, 80, _player.Epoch));
        Turn(0, 100, On(10, 60, 100), Off(70, 60));
        Assert.Equal([At(10, ShortMessage.NoteOn(0, 60, 100)), At(50, ShortMessage.NoteOff(0, 60)), At(50, ShortMessage.NoteOn(0, 60, 80))], _sink.Messages);
        Turn(100, 1_000);
        Assert.Equal(At(500, ShortMessage.NoteOff(0, 60)), _sink.Messages[^1]);
    }

    [Fact]
    public void Keys_that_a_table_leaves_out_are_silent()
    {
        var keys = new sbyte[128];
        Array.Fill(keys, FollowRule.NoKey);
        keys[60] = 72;
        _player.TryFollow(new FollowRule(0, FirstChannel, 0, keys, 1));
        Turn(0, 100, On(10, 59, 100), On(20, 60, 100), On(30, 61, 100));
        Assert.Equal(At(20, ShortMessage.NoteOn(0, 72, 100)), Assert.Single(_sink.Messages));
    }

    [Theory]
    [InlineData(-1, 0, 128, 1)]
    [InlineData(8, 0, 128, 1)]
    [InlineData(0, 16, 128, 1)]
    [InlineData(0, 0, 127, 1)]
    [InlineData(0, 0, 128, 2.1)]
    [InlineData(0, 0, 128, double.NaN)]
    public void A_rule_out_of_range_is_refused(int voice, int channel, int keys, double loudness) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FollowRule(voice, 1, channel, new sbyte[keys], loudness));

    // Four voices, keys that cross, plans that meet them, rules that change under held keys.
    [Fact]
    public void Every_note_that_began_ends_and_a_key_that_sounds_is_ended_before_it_starts_again()
    {
        var heard = Gen.Select(Gen.Int[0, 999], Gen.Bool, Gen.Int[0, 2], Gen.Int[58, 64]).Array[0, 12];
        var rules = Gen.Select(Gen.Int[0, 3], Gen.UShort, Gen.Int[0, 1], Gen.Int[-3, 3]).Array[0, 2];
        Gen.Select(heard, rules, Gen.Int[0, 6]).Array[1, 40].Sample(turns =>
        {
            var (player, sink, sounding) = (new Player(), new ListSink(), new HashSet<(int, int)>());
            void Play(int turn, params TimedMessage[] keys)
            {
                sink.Messages.Clear();
                player.Turn(new HostTime(turn * 1_000), new HostTime((turn + 1) * 1_000), sink, keys);
                foreach (var message in sink.Messages)
                {
                    if (message.IsNoteOn) Assert.True(sounding.Add((message.Channel, message.Data1)));
                    if (message.IsNoteOff) Assert.True(sounding.Remove((message.Channel, message.Data1)));
                }

                Assert.Equal(sounding.Count, player.Sounding);
            }

            for (var turn = 0; turn < turns.Length; turn++)
            {
                var (keys, changed, planned) = turns[turn];
                foreach (var (voice, channels, channel, moved) in changed) player.TryFollow(FollowRule.Moved(voice, channels, channel, moved, 1));
                if (planned > 0) player.TryHand(new PlannedNote(new HostTime(turn * 1_000 + 300), new HostTime(turn * 1_000 + 2_500), 0, (byte)(58 + planned), 80, player.Epoch));
                Play(turn, [.. keys.OrderBy(k => k.Item1).Select(k => At(turn * 1_000 + k.Item1, k.Item2 ? ShortMessage.NoteOn(k.Item3, k.Item4, 90) : ShortMessage.NoteOff(k.Item3, k.Item4)))]);
            }

            // All keys come up, all plans end.
            Play(turns.Length, [.. Enumerable.Range(0, 3 * 7).Select(i => At(turns.Length * 1_000, ShortMessage.NoteOff(i / 7, 58 + i % 7)))]);
            for (var turn = turns.Length + 1; turn < turns.Length + 5; turn++) Play(turn);
            Assert.Empty(sounding);
        }, iter: 1_000);
    }

    private static TimedMessage At(long at, ShortMessage message) => new(new HostTime(at), message);

    private static TimedMessage Sent(long at, byte status, byte data1, byte data2) => At(at, new ShortMessage(status, data1, data2));

    private static TimedMessage On(long at, int pitch, int velocity, int channel = 0) => At(at, ShortMessage.NoteOn(channel, pitch, velocity));

    private static TimedMessage Off(long at, int pitch, int channel = 0) => At(at, ShortMessage.NoteOff(channel, pitch));

    private void Turn(long from, long until, params TimedMessage[] heard) => _player.Turn(new HostTime(from), new HostTime(until), _sink, heard);

    private sealed class ListSink : IMessageSink
    {
        public List<ShortMessage> Messages { get; } = [];

        public void Emit(HostTime at, ShortMessage message) => Messages.Add(message);
    }
}
