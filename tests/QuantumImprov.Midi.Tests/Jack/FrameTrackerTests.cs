using CsCheck;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class FrameTrackerTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void The_counter_wraps_and_time_goes_on() =>
        Gen.Select(Gen.UInt, Gen.Int[16, 8192].Array[1, 200]).Sample(
            (start, periods) =>
            {
                var tracker = new FrameTracker(48000, _time);
                var expected = (long)start;
                var counter = start;
                var right = true;
                foreach (var period in periods)
                {
                    right &= tracker.Advance(counter, (uint)period * 100_000, 0) == expected;
                    counter = unchecked(counter + (uint)period * 100_000);
                    expected += period * 100_000L;
                }

                return right;
            },
            iter: 5_000);

    [Fact]
    public void An_estimate_a_little_behind_or_ahead_of_a_wrap_stays_beside_it()
    {
        const long wrap = 5L << 32;
        Assert.Equal(wrap - 3, FrameTracker.Extend(wrap + 128, uint.MaxValue - 2));
        Assert.Equal(wrap + 3, FrameTracker.Extend(wrap - 128, 3));
    }

    [Fact]
    public void The_gap_of_an_xrun_is_passed_on_as_it_is()
    {
        var tracker = new FrameTracker(48000, _time);
        tracker.Advance(1000, 128, 0);
        Assert.Equal(6000, tracker.Advance(6000, 128, TimeSpan.TicksPerMillisecond * 100));

        // jackd counts a period that follows a change of the buffer size by the new size already.
        Assert.Equal(6064, tracker.Advance(6064, 64, TimeSpan.TicksPerMillisecond * 103));
    }

    [Theory]
    [InlineData(100u)]
    [InlineData(4_000_000_000u)]
    [InlineData(60_000_000u)]
    public void A_counter_that_jumps_does_not_take_the_count_with_it(uint counter)
    {
        const long second = TimeSpan.TicksPerSecond;
        var tracker = new FrameTracker(48000, _time);
        tracker.Advance(1_000_000, 128, 0);

        // The server's estimate shows the jump before a period does.
        Assert.Equal(1_024_000, tracker.Present(counter, second / 2));
        Assert.Equal(1_048_000, tracker.Advance(counter, 128, second));
        Assert.Equal(1_048_128, tracker.Advance(counter + 128, 128, second));
        Assert.Equal(1_048_500, tracker.Present(counter + 500, second));
        Assert.Equal(counter + 1000, tracker.ToCounter(1_049_000));
    }
}
