using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Shaping;
using Xunit;

namespace QuantumImprov.Engine.Tests.Shaping;

public class EnergyTests
{
    [Fact]
    public void Denser_and_louder_calls_rise_and_a_level_that_stays_comes_to_rest()
    {
        var energy = new Energy();
        energy.Hear(Call(4, 60));
        Assert.Equal(0, energy.Rise);
        energy.Hear(Call(8, 60));
        Assert.Equal(.5, energy.Rise);
        for (var i = 0; i < 30; i++) energy.Hear(Call(8, 60));
        Assert.Equal(0, energy.Rise, 1e-3);
        energy.Hear(Call(8, 90));
        Assert.Equal(.5, energy.Rise, 1e-3);
        energy.Hear(Call(2, 40));
        Assert.Equal(-.5, energy.Rise);
    }

    [Fact]
    public void A_rise_lifts_the_turn_of_the_line_and_never_out_of_its_range()
    {
        var call = Call(8, 80);
        var (still, up) = (ContourArc.For(ContourRelation.Continues, call, default, 0, (50, 80), 0), ContourArc.For(ContourRelation.Continues, call, default, 0, (50, 80), .5));
        Assert.Equal(6, up.Peak - still.Peak, 1e-9);
        Assert.InRange(ContourArc.For(ContourRelation.Continues, call, default, 0, (58, 63), .5).Peak, 58, 63);
    }

    [Fact]
    public void A_pitch_on_the_arc_is_favoured_fully_and_one_an_octave_off_by_less_than_a_third()
    {
        var arc = new ContourArc(ContourRelation.Continues, 60, 72, 64);
        Assert.Equal(1, arc.Favour(0, 60), 1e-12);
        Assert.Equal(1, arc.Favour(ContourArc.PeakAt, 72), 1e-12);
        Assert.Equal(1, arc.Favour(1, 64), 1e-12);
        Assert.InRange(arc.Favour(0, 72), 0, .3);
    }

    private static Call Call(int notes, byte velocity)
    {
        var call = new Call();
        call.Take([.. Enumerable.Range(0, notes).Select(i => new CallNote(Beats.Of(4 * i, notes), Beats.Of(4, notes), 60, velocity))]);
        return call;
    }
}
