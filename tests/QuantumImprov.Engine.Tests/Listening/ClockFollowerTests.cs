using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

/// <summary>Clocks with seeded jitter, each tick up to 3 ms early or late, independently.</summary>
public class ClockFollowerTests
{
    private const double Jitter = 3;
    private static readonly ShortMessage Tick = new(0xF8, 0, 0), Start = new(0xFA, 0, 0), Stop = new(0xFC, 0, 0), Continue = new(0xFB, 0, 0);

    [Theory]
    [InlineData(60)]
    [InlineData(97.3)]
    [InlineData(120)]
    [InlineData(181)]
    [InlineData(240)]
    public void After_eight_quarters_tempo_is_within_a_thousandth_and_phase_within_two_milliseconds(double bpm)
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var clock = new Source(bpm, seed);
            clock.Send(Start);
            for (var tick = 0; tick < 40 * ClockFollower.PerQuarter; tick++)
            {
                clock.SendTick();
                if (tick < ClockFollower.Window) continue;
                Assert.Equal(bpm, clock.Follower.Tempo.BeatsPerMinute, bpm * .001);
                Assert.Equal(0, clock.PhaseError, 2.0);
            }

            Assert.True(clock.Follower.IsFollowing(clock.Now));
        }
    }

    [Fact]
    public void A_change_of_tempo_is_followed_within_two_quarters()
    {
        var clock = new Source(100, 5);
        clock.Send(Start);
        for (var i = 0; i < 16 * ClockFollower.PerQuarter; i++) clock.SendTick();
        clock.Bpm = 140;
        for (var i = 0; i < 2 * ClockFollower.PerQuarter; i++) clock.SendTick();
        Assert.Equal(140, clock.Follower.Tempo.BeatsPerMinute, 1.4);
        for (var i = 0; i < 8 * ClockFollower.PerQuarter; i++) clock.SendTick();
        Assert.Equal(140, clock.Follower.Tempo.BeatsPerMinute, .14);
        Assert.Equal(0, clock.PhaseError, 2.0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void Ticks_that_get_lost_move_no_beat(int lost)
    {
        var clock = new Source(120, 9);
        clock.Send(Start);
        for (var i = 0; i < 8 * ClockFollower.PerQuarter; i++) clock.SendTick();
        clock.Lose(lost);
        for (var i = 0; i < ClockFollower.PerQuarter; i++) clock.SendTick();
        Assert.Equal(0, clock.PhaseError, 2.0);
        Assert.Equal(120, clock.Follower.Tempo.BeatsPerMinute, .12);
    }

    [Fact]
    public void Start_begins_the_song_at_the_next_tick_and_a_song_position_where_it_says()
    {
        var clock = new Source(120, 3);
        // The clock ticks before the sequencer starts.
        for (var i = 0; i < 100; i++) clock.SendTick();
        Assert.False(clock.Follower.IsRunning);
        clock.Send(Start);
        clock.Song = 0;
        for (var i = 0; i < 200; i++) clock.SendTick();
        Assert.True(clock.Follower.IsRunning);
        Assert.Equal(0, clock.PhaseError, 2.0);
        clock.Send(Stop);
        Assert.False(clock.Follower.IsRunning);
        clock.Send(new ShortMessage(0xF2, 36, 1));
        clock.Send(Continue);
        clock.Song = (36 + 128) * ClockFollower.PerQuarter / 4;
        for (var i = 0; i < 200; i++) clock.SendTick();
        Assert.Equal(0, clock.PhaseError, 2.0);
    }

    [Fact]
    public void A_clock_that_has_gone_is_not_followed_and_one_that_returns_is_learned_anew()
    {
        var clock = new Source(90, 4);
        for (var i = 0; i < 100; i++) clock.SendTick();
        Assert.True(clock.Follower.IsFollowing(clock.Now.PlusSeconds(1)));
        Assert.False(clock.Follower.IsFollowing(clock.Now.PlusSeconds(2.1)));
        clock.Wait(30);
        clock.Bpm = 150;
        for (var i = 0; i < 200; i++) clock.SendTick();
        Assert.Equal(150, clock.Follower.Tempo.BeatsPerMinute, .15);
    }

    // Ticks, starts and positions at random, as garbage on a port has them: forty ticks a second on average, and no clock.
    [Fact]
    public void Random_ticks_are_no_clock()
    {
        var random = new Xoshiro(6);
        var follower = new ClockFollower();
        var (now, followed) = (0.0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            now -= Math.Log(1 - random.NextDouble()) * .025;
            var at = new HostTime((long)(now * 1e9));
            follower.Hear(new TimedMessage(at, Tick));
            if (random.NextInt(9) == 0) follower.Hear(new TimedMessage(at, Start));
            followed += follower.IsFollowing(at) ? 1 : 0;
        }

        Assert.InRange(followed, 0, 20);
    }

    [Fact]
    public void Other_messages_are_none_of_the_clocks() =>
        Assert.False(new ClockFollower().Hear(new TimedMessage(default, ShortMessage.NoteOn(0, 60, 80))));

    /// <summary>A sequencer's clock; what it sends arrives with jitter.</summary>
    private sealed class Source(double bpm, ulong seed)
    {
        private readonly Xoshiro _random = new(seed);
        private double _seconds = 5;

        public ClockFollower Follower { get; } = new();

        public double Bpm { get; set; } = bpm;

        /// <summary>The song's position at the next tick, in ticks.</summary>
        public int Song { get; set; }

        public HostTime Now { get; private set; }

        /// <summary>Milliseconds between the follower's beat and the true one, at the true instant of the last tick.</summary>
        public double PhaseError
        {
            get
            {
                var last = _seconds - Step;
                var beats = Follower.TimelineAt(new HostTime((long)(last * 1e9)), default).BeatOrigin.Quarters;
                return (beats - (Song - 1.0) / ClockFollower.PerQuarter) * 60_000 / Bpm;
            }
        }

        private double Step => 60 / Bpm / ClockFollower.PerQuarter;

        public void SendTick()
        {
            Now = new HostTime((long)((_seconds + (2 * _random.NextDouble() - 1) * Jitter / 1000) * 1e9));
            Follower.Hear(new TimedMessage(Now, Tick));
            _seconds += Step;
            Song++;
        }

        public void Lose(int ticks)
        {
            _seconds += ticks * Step;
            Song += ticks;
        }

        public void Wait(double seconds) => _seconds += seconds;

        public void Send(ShortMessage message) => Follower.Hear(new TimedMessage(Now, message));
    }
}
