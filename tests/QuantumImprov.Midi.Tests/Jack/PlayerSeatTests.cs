using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class PlayerSeatTests
{
    [Fact]
    public void Two_threads_are_never_in_the_player_at_once_and_time_does_not_go_back()
    {
        var player = new Player();
        var seat = new PlayerSeat(player);
        var sink = new WatchingSink();
        var end = 200_000_000L;
        const int count = 2_000;
        for (var i = 0; i < count; i++) player.TryHand(new PlannedNote(new HostTime(i * 100_000), new HostTime(i * 100_000 + 50_000), 0, (byte)(i % 128), 64, 0));
        void Play()
        {
            for (var at = 0L; at < end; at += 10_000) seat.TryTurn(new HostTime(at), new HostTime(at + 10_000), sink);
        }

        var threads = new[] { new Thread(Play), new Thread(Play), new Thread(Play) };
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        seat.TryTurn(default, new HostTime(end + 1), sink);
        Assert.Equal(count * 2, sink.Messages);
        Assert.False(sink.Met);
        Assert.False(sink.WentBack);
        Assert.Equal(0, player.Sounding);
    }

    private sealed class WatchingSink : IMessageSink
    {
        private int _inside;
        private long _last;

        public int Messages { get; private set; }

        public bool Met { get; private set; }

        public bool WentBack { get; private set; }

        public void Emit(HostTime at, ShortMessage message)
        {
            if (Interlocked.Increment(ref _inside) != 1) Met = true;
            Thread.SpinWait(50);
            if (at.Nanoseconds < _last) WentBack = true;
            _last = at.Nanoseconds;
            Messages++;
            Interlocked.Decrement(ref _inside);
        }
    }
}
