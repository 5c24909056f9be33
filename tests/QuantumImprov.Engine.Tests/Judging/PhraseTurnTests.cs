using QuantumImprov.Engine.Judging;
using QuantumImprov.Engine.Music;
using Xunit;

namespace QuantumImprov.Engine.Tests.Judging;

public class PhraseTurnTests
{
    // Phrases 0 to 4 and 8 to 12. The partner answers the first half a quarter after its end, and is done before the second begins.
    [Fact]
    public void A_delay_lasts_from_the_end_to_the_partners_next_onset() =>
        Assert.Equal([new PhraseTurn(.5, false), new PhraseTurn(0, false)], Turns([0, 1, 2, 8, 9], [4, 12], [4.5, 5, 7.5, 12, 13]));

    [Fact]
    public void A_note_between_a_phrases_first_onset_and_its_end_interrupts_it()
    {
        // In the middle of the first; with the very first onset of the second, and before it, nobody is interrupted.
        Assert.Equal([new PhraseTurn(1, true), new PhraseTurn(3, false)], Turns([0, 1, 2, 8, 9], [4, 12], [3.5, 5, 8, 15]));
        Assert.Equal([new PhraseTurn(3.9, false), new PhraseTurn(1, true)], Turns([0, 8, 9], [4, 12], [7.9, 8.1, 13]));
    }

    // What was not answered before the performer went on is answered late.
    [Fact]
    public void A_delay_may_reach_over_the_next_phrase()
    {
        Assert.Equal([new PhraseTurn(9, false), new PhraseTurn(1, false)], Turns([0, 8], [4, 12], [13]));
        Assert.Equal([new PhraseTurn(1, false), new PhraseTurn(double.PositiveInfinity, false)], Turns([0, 8], [4, 12], [5]));
        Assert.Equal([new PhraseTurn(double.PositiveInfinity, false)], Turns([0], [4], []));
    }

    // Ten delays .1 to 1: nine in ten are not above .9. Of eleven, the tenth is the first with nine tenths at or below it.
    [Fact]
    public void A_percentile_is_the_smallest_that_so_many_do_not_exceed()
    {
        var ten = Enumerable.Range(1, 10).Select(i => new PhraseTurn(i / 10.0, i == 3)).ToList();
        Assert.Equal(new TurnFigures(10, 0, .5, .9, 1, 1), TurnFigures.Of(ten));
        Assert.Equal(new TurnFigures(11, 1, .6, 1, null, 1), TurnFigures.Of([.. ten, new PhraseTurn(double.PositiveInfinity, false)]));
        Assert.Equal(new TurnFigures(1, 1, null, null, null, 0), TurnFigures.Of([new PhraseTurn(double.PositiveInfinity, false)]));
    }

    private static IEnumerable<PhraseTurn> Turns(double[] performer, double[] ends, double[] partner) => PhraseTurn.Of(At(performer), At(ends), At(partner)).Select(t => t with { Delay = Math.Round(t.Delay, 3) });

    private static List<Beats> At(double[] quarters) => [.. quarters.Select(Beats.FromQuarters)];
}
