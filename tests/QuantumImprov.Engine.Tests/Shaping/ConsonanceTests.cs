using QuantumImprov.Engine.Choosing;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class ConsonanceTests
{
    private readonly Candidates _candidates = new();
    private readonly Consonance _consonance = new();

    [Theory]
    [InlineData(60, Consonance.Unison)]
    [InlineData(61, Consonance.Semitone)]
    [InlineData(62, Consonance.WholeTone)]
    [InlineData(63, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 1)]
    [InlineData(66, Consonance.Tritone)]
    [InlineData(67, 1)]
    [InlineData(68, 1)]
    [InlineData(69, 1)]
    [InlineData(70, Consonance.WholeTone)]
    [InlineData(71, Consonance.Semitone)]
    [InlineData(72, 1)]
    [InlineData(49, Consonance.Semitone)]
    [InlineData(47, Consonance.Semitone)]
    [InlineData(42, Consonance.Tritone)]
    public void A_pitch_is_damped_by_what_it_makes_with_middle_c(int pitch, double favour)
    {
        _consonance.Sound(60, 1, 0);
        Assert.Equal(favour, Lean(pitch), 12);
    }

    [Fact]
    public void Of_several_the_worst_counts_and_less_where_it_is_passed_by()
    {
        _consonance.Sound(60, 1, 0);
        _consonance.Sound(65, .5, 0);
        Assert.Equal(1, Lean(72), 12);
        Assert.Equal((1 + Consonance.Semitone) / 2, Lean(64), 12);
        Assert.Equal(Consonance.Tritone, Lean(66), 12);
    }

    [Fact]
    public void What_crosses_another_voice_is_damped_whatever_it_makes_with_it()
    {
        _consonance.Sound(60, 1, -1);
        Assert.Equal(Consonance.Crossing, Lean(67), 12);
        Assert.Equal(1, Lean(53), 12);
        _consonance.Clear();
        _consonance.Sound(60, 1, 1);
        Assert.Equal(1, Lean(67), 12);
        Assert.Equal(Consonance.Crossing, Lean(53), 12);
    }

    [Fact]
    public void It_leans_on_what_shaping_said_before_and_forbids_nothing()
    {
        for (var pitch = 0; pitch < 128; pitch++) _consonance.Sound(pitch, 1, pitch % 3 - 1);
        _candidates.Fill(0, 127);
        _candidates.Favour[5] = 0;
        _consonance.Lean(_candidates);
        for (var i = 0; i < 128; i++) Assert.Equal(i != 5, _candidates.Favour[i] > 0);
    }

    [Fact]
    public void Where_nothing_sounds_nothing_is_damped()
    {
        _consonance.Sound(60, 1, 0);
        _consonance.Clear();
        Assert.Equal(1, Lean(61));
    }

    private double Lean(int pitch)
    {
        _candidates.Fill(0, 127);
        _consonance.Lean(_candidates);
        return _candidates.Favour[pitch];
    }
}
