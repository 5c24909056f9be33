using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Pacing;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Midi.Tests.Pacing;

/// <summary>The player's own thread, turned by hand at invented times.</summary>
public sealed class PacedPlayerTests
{
    private readonly Player _player = new();
    private readonly HandClock _clock = new();

    [Fact]
    public void Each_message_leaves_at_its_own_instant_and_the_thread_asks_to_be_there()
    {
        var sink = new Ears(_clock);
        using var paced = new PacedPlayer(_player, _clock, sink, null);
        var ons = Enumerable.Range(1, 200).Select(i => i * 3_333_333L + i % 7 * 1000).ToArray();
        foreach (var on in ons) _player.TryHand(new PlannedNote(new HostTime(on), new HostTime(on + 1_234_567), 0, 60, 64, 0));
        for (var turns = 0; sink.Heard.Count < 2 * ons.Length && turns < 100_000; turns++) _clock.Now = paced.Turn(_clock.Now);
        Assert.Equal(2 * ons.Length, sink.Heard.Count);
        Assert.All(sink.Heard, heard => Assert.Equal(heard.Message.At, heard.Came));
        Assert.Equal(ons, sink.Heard.Where(h => h.Message.Message.IsNoteOn).Select(h => h.Came.Nanoseconds));
        Assert.Equal(0, _player.Late);
    }

    [Fact]
    public void A_thread_that_comes_late_sends_what_fell_due_at_once_and_in_order()
    {
        var sink = new Ears(_clock);
        using var paced = new PacedPlayer(_player, _clock, sink, null);
        for (var i = 0; i < 10; i++) _player.TryHand(new PlannedNote(new HostTime(i * 1_000_000), new HostTime(i * 1_000_000 + 500_000), 0, (byte)(60 + i), 64, 0));
        paced.Turn(_clock.Now);
        _clock.Now = new HostTime(50_000_000);
        paced.Turn(_clock.Now);
        Assert.Equal(20, sink.Heard.Count);
        Assert.True(sink.Heard.Zip(sink.Heard.Skip(1)).All(pair => pair.First.Message.At <= pair.Second.Message.At));
        Assert.Equal(0, _player.Sounding);
    }

    [Fact]
    public void What_sounds_with_a_delay_of_its_own_hears_of_everything_before_its_instant()
    {
        var (sink, early) = (new Ears(_clock), new Ears(_clock));
        using var paced = new PacedPlayer(_player, _clock, sink, early);
        for (var i = 1; i < 50; i++) _player.TryHand(new PlannedNote(new HostTime(i * 5_000_000), new HostTime(i * 5_000_000 + 2_000_000), 0, 60, 64, 0));
        while (sink.Heard.Count < 98) _clock.Now = paced.Turn(_clock.Now);
        Assert.Equal(sink.Heard.Select(h => h.Message), early.Heard.Select(h => h.Message));
        Assert.All(early.Heard, heard => Assert.InRange(heard.Message.At.Since(heard.Came), PacedPlayer.Ahead - PacedPlayer.Period, PacedPlayer.Ahead));
    }

    [Fact]
    public void A_full_player_and_a_panic_lose_nothing()
    {
        var sink = new Ears(_clock);
        using var paced = new PacedPlayer(_player, _clock, sink, null);
        for (var i = 0; i < Player.PendingCapacity; i++) Assert.True(_player.TryHand(new PlannedNote(new HostTime(1000 + i), new HostTime(1_000_000 + i), (byte)(i % 16), (byte)(i % 128), 64, 0)));
        paced.Turn(_clock.Now);
        _player.Panic();
        _clock.Now = new HostTime(1_500_000);
        paced.Turn(_clock.Now);
        _clock.Now = new HostTime(10_000_000);
        paced.Turn(_clock.Now);
        Assert.Equal(0, _player.Sounding);
        Assert.Equal(sink.Heard.Count(h => h.Message.Message.IsNoteOn), sink.Heard.Count(h => h.Message.Message.IsNoteOff));
        Assert.Equal(48, sink.Heard.Count(h => h.Message.Message.Kind == 0xB0));
    }

    [Fact]
    public void Turning_allocates_nothing()
    {
        using var paced = new PacedPlayer(_player, _clock, new Nowhere(), null);
        void Play(int turns)
        {
            for (var i = 0; i < turns; i++)
            {
                _player.TryHand(new PlannedNote(_clock.Now.Plus(3_000_000), _clock.Now.Plus(9_000_000), 0, (byte)(i % 128), 64, 0));
                _clock.Now = paced.Turn(_clock.Now);
                while (_player.TryReadEmitted(out _))
                {
                }
            }
        }

        Play(2000);
        Assert.Equal(0, Allocated.By(() => Play(20_000)));
    }

    [Fact]
    public void The_real_thread_sends_and_ends_with_everything_sent()
    {
        var clock = new WallClock(TimeProvider.System);
        var sink = new Ears(clock);
        using (var paced = new PacedPlayer(_player, clock, sink, null, SystemAlarm.Create))
        {
            var start = clock.Now;
            for (var i = 0; i < 20; i++) _player.TryHand(new PlannedNote(start.Plus(i * 4_000_000), start.Plus(i * 4_000_000 + 2_000_000), 0, (byte)(60 + i), 64, 0));
            Jack.Wait.For(() => paced.Sent >= 40, () => $"40 messages; {paced.Sent} were sent");
        }

        Assert.All(sink.Heard, heard => Assert.True(heard.Came >= heard.Message.At, "a message left before its instant"));
        Assert.Equal(40, sink.Heard.Count);
    }

    private sealed class HandClock : IHostClock
    {
        public HostTime Now { get; set; }
    }

    private sealed class Ears(IHostClock clock) : IMessageSink
    {
        public List<(TimedMessage Message, HostTime Came)> Heard { get; } = [];

        public void Emit(HostTime at, ShortMessage message) => Heard.Add((new TimedMessage(at, message), clock.Now));
    }

    private sealed class Nowhere : IMessageSink
    {
        public void Emit(HostTime at, ShortMessage message)
        {
        }
    }
}
