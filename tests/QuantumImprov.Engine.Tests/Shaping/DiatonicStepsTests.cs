using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class DiatonicStepsTests
{
    private static readonly Key C = default, AMinor = new(9, Mode.Minor), BFlat = new(10, Mode.Major);

    [Theory]
    [InlineData(60, 2, 64)]
    [InlineData(64, 1, 65)]
    [InlineData(60, -1, 59)]
    [InlineData(60, 7, 72)]
    [InlineData(60, -14, 36)]
    [InlineData(61, 1, 63)]
    [InlineData(71, 1, 72)]
    public void A_pitch_moves_by_steps_of_the_key_and_what_lies_between_keeps_its_distance(int pitch, int steps, int moved) => Assert.Equal(moved, DiatonicSteps.Move(C, pitch, steps));

    [Theory]
    [InlineData(64, 60, 57)]
    [InlineData(67, 60, 53)]
    [InlineData(59, 60, 62)]
    [InlineData(60, 60, 60)]
    public void A_mirrored_pitch_is_as_many_steps_on_the_other_side(int pitch, int axis, int mirrored) => Assert.Equal(mirrored, DiatonicSteps.Mirror(C, pitch, axis));

    [Fact]
    public void What_is_moved_and_moved_back_or_mirrored_twice_is_where_it_was_in_every_key()
    {
        foreach (var mode in new[] { Mode.Major, Mode.Minor })
        {
            for (var tonic = 0; tonic < 12; tonic++)
            {
                var key = new Key(tonic, mode);
                for (var pitch = 30; pitch < 100; pitch++)
                {
                    if (!key.HoldsNaturally(pitch)) continue;
                    for (var steps = -9; steps <= 9; steps++)
                    {
                        var moved = DiatonicSteps.Move(key, pitch, steps);
                        Assert.True(key.HoldsNaturally(moved));
                        Assert.Equal(Math.Sign(steps), Math.Sign(moved - pitch));
                        Assert.Equal(pitch, DiatonicSteps.Move(key, moved, -steps));
                    }

                    Assert.Equal(pitch, DiatonicSteps.Mirror(key, DiatonicSteps.Mirror(key, pitch, 60 + (key.HoldsNaturally(60) ? 0 : 1)), 60 + (key.HoldsNaturally(60) ? 0 : 1)));
                }
            }
        }
    }

    [Fact]
    public void The_key_says_which_steps_there_are()
    {
        Assert.Equal(60, DiatonicSteps.Move(AMinor, 57, 2));
        Assert.Equal(63, DiatonicSteps.Move(BFlat, 60, 2));
    }

    [Theory]
    [InlineData(62, 2, 65)]
    [InlineData(67, 2, 71)]
    [InlineData(67, -2, 64)]
    [InlineData(66, 1, 67)]
    [InlineData(66, -1, 65)]
    [InlineData(60, 7, 72)]
    [InlineData(60, 0, 60)]
    public void Steps_of_a_stated_scale_are_counted_in_it(int pitch, int steps, int expected) =>
        Assert.Equal(expected, DiatonicSteps.Move(Scale.Named("D", "dorian")!.Value, pitch, steps));
}
