using QuantumImprov.Engine.Listening;
using Xunit;

namespace QuantumImprov.Engine.Tests.Listening;

public class ArticulationTests
{
    [Fact]
    public void Before_the_first_note_a_little_detached_playing_is_expected()
    {
        var articulation = new Articulation();
        Assert.Equal((1.2, 1.4, .15), (articulation.Usual, articulation.Late, articulation.Breath));
    }

    [Fact]
    public void The_usual_is_the_median_and_the_late_one_is_exceeded_by_a_tenth_of_the_last_24_notes()
    {
        var articulation = new Articulation();
        for (var i = 0; i < 100; i++) articulation.Hear(held: 1, next: 9, silent: 0);
        for (var i = 23; i >= 0; i--) articulation.Hear(held: .5, next: .5 * (1 + .1 * i), silent: 0);
        Assert.Equal(1 + .1 * 12, articulation.Usual, 1e-9);
        Assert.Equal(1 + .1 * 21, articulation.Late, 1e-9);
    }

    [Fact]
    public void Notes_that_overlap_or_were_hardly_held_keep_the_ratio_within_sense()
    {
        var articulation = new Articulation();
        for (var i = 0; i < Articulation.Window; i++) articulation.Hear(held: 1, next: .8, silent: 0);
        Assert.Equal(1, articulation.Usual);
        for (var i = 0; i < Articulation.Window; i++) articulation.Hear(held: 0, next: .5, silent: .5);
        Assert.Equal(500, articulation.Usual);
    }

    [Fact]
    public void A_breath_is_remembered_and_fades_by_half_in_34_notes()
    {
        var articulation = new Articulation();
        articulation.Hear(.2, 2.2, 2);
        for (var i = 0; i < 34; i++) articulation.Hear(.5, .5, 0);
        Assert.InRange(articulation.Breath, .98, 1.02);
    }
}
