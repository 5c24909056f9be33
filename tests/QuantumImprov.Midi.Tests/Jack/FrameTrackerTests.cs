using CsCheck;
using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class FrameTrackerTests
{
    [Fact]
    public void The_counter_wraps_and_time_goes_on() =>
        Gen.Select(Gen.UInt, Gen.Int[16, 8192].Array[1, 200]).Sample(
            (start, periods) =>
            {
                var tracker = new FrameTracker();
                var expected = (long)start;
                var counter = start;
                var right = tracker.Advance(counter, 0) == expected;
                foreach (var period in periods)
                {
                    counter = unchecked(counter + (uint)period * 100_000);
                    expected += period * 100_000L;
                    right &= tracker.Advance(counter, 0) == expected;
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
}
