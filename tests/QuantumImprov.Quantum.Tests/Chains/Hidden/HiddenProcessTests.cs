using System.Numerics;
using QuantumImprov.Quantum.Chains.Hidden;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Hidden;

public sealed class HiddenProcessTests
{
    [Theory]
    [InlineData(0, .162286)]
    [InlineData(.1, .138199)]
    [InlineData(.25, .116909)]
    [InlineData(.5, .097468)]
    [InlineData(.75, .089443)]
    [InlineData(1, .089213)]
    public void The_clock_loses_accuracy_with_dephasing_as_worked_out_by_hand(double dephasing, double expected) =>
        Assert.Equal(expected, HiddenProcess.Clock.Accuracy(dephasing), 6e-7);

    [Theory]
    [InlineData(0, .25)]
    [InlineData(.25, .182054)]
    [InlineData(.5, .148590)]
    [InlineData(.75, .130696)]
    [InlineData(1, .125)]
    public void So_does_2_4(double dephasing, double expected) => Assert.Equal(expected, HiddenProcess.TwoFour.Accuracy(dephasing), 6e-7);

    [Theory]
    [InlineData(0, .128951)]
    [InlineData(.25, .082222)]
    [InlineData(.5, .059208)]
    [InlineData(.75, .046901)]
    [InlineData(1, .042984)]
    public void So_does_2_6(double dephasing, double expected) => Assert.Equal(expected, HiddenProcess.TwoSix.Accuracy(dephasing), 6e-7);

    [Fact]
    public void Closed_forms_of_the_projections_are_exact()
    {
        Assert.Equal(.25, HiddenProcess.TwoFour.ClosedForm, 1e-14);
        Assert.Equal(1 - (((Math.Log(3) / 3) + (2 * Math.Log(6) / 3)) / Math.Log(6)), HiddenProcess.TwoSix.ClosedForm, 1e-14);
    }

    [Fact]
    public void The_clock_ticks_by_its_hazards()
    {
        double[] expected = [.64, .436, .0092, .1623, .4152, .5888, .6269, .2877, .0068, .2419, .4746, .6201];
        Assert.All(expected.Zip(Hazards(0)), p => Assert.Equal(p.First, p.Second, 6e-5));
        double[] dephased = [.64, .436, .3049, .2613, .2502, .2476];
        Assert.All(dephased.Zip(Hazards(1)), p => Assert.Equal(p.First, p.Second, 6e-5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(.3)]
    [InlineData(1)]
    public void Its_mean_gap_is_17_8_at_every_dephasing(double dephasing)
    {
        double mean = 0, survival = 1;
        foreach (var hazard in Hazards(dephasing).Take(500))
        {
            mean += survival;
            survival *= 1 - hazard;
        }

        Assert.Equal(17 / 8.0, mean, 1e-10);
    }

    [Fact]
    public void Drawn_sequences_score_within_five_standard_errors_of_the_closed_form()
    {
        foreach (var process in HiddenProcess.All)
        {
            var operators = process.Set.Operators();
            var scores = Enumerable.Range(0, 40).Select(i =>
            {
                var sequence = new KrausFilter(process.Set).Draw(3100, new Xoshiro(500 + (ulong)i));
                return HiddenProcess.DescriptionAccuracy(operators.LogLikelihood(sequence, 100), 3000, process.Set.Symbols);
            }).ToArray();
            var mean = scores.Average();
            var error = Math.Sqrt(scores.Sum(x => (x - mean) * (x - mean)) / 39 / 40);
            Assert.InRange((mean - process.ClosedForm) / error, -5, 5);
        }
    }

    [Fact]
    public void A_dephased_sequence_scores_better_under_its_own_dephasing_than_under_another()
    {
        var sequence = new KrausFilter(HiddenProcess.Clock.Set, .5).Draw(100_000, new Xoshiro(8));
        double Score(double l) => HiddenProcess.DescriptionAccuracy(HiddenProcess.Clock.Set.Operators(l).LogLikelihood(sequence, 100), 99_900, 2);
        Assert.Equal(HiddenProcess.Clock.Accuracy(.5), Score(.5), .01);
        Assert.True(Score(.5) > Score(.2));
        Assert.True(Score(.5) > Score(.9));
    }

    [Fact]
    public void The_filter_takes_what_it_held_for_impossible_and_goes_on()
    {
        var filter = new KrausFilter(HiddenProcess.TwoFour.Set);
        filter.Follow(0);
        Assert.Equal(SymbolOperators.LeastProbability, filter.Follow(1));
        var law = new double[4];
        filter.WriteLaw(law);
        Assert.All(law, p => Assert.Equal(.25, p, 1e-12));
    }

    [Fact]
    public void Pure_states_drawn_from_the_memory_average_to_it()
    {
        var filter = new KrausFilter(HiddenProcess.Clock.Set, dephasing: .4);
        filter.Restart([.6, new(0, .8)]);
        filter.Follow(0);
        var (rho, average, random) = (filter.Density(), new Complex[2, 2], new Xoshiro(4));
        const int Draws = 40_000;
        for (var i = 0; i < Draws; i++)
        {
            var state = filter.DrawPureState(random);
            for (var k = 0; k < 4; k++) average[k / 2, k % 2] += state[k / 2] * Complex.Conjugate(state[k % 2]) / Draws;
        }

        Assert.Equal(1, (rho[0, 0] + rho[1, 1]).Real, 1e-12);
        Assert.True(Math.Abs(rho[0, 1].Imaginary) > .05);

        // Each entry is a mean of numbers of size at most 1: five standard errors are .025.
        for (var k = 0; k < 4; k++) Assert.True(Complex.Abs(rho[k / 2, k % 2] - average[k / 2, k % 2]) < .025);
    }

    private static IEnumerable<double> Hazards(double dephasing)
    {
        var filter = new KrausFilter(HiddenProcess.Clock.Set, dephasing);
        filter.Restart(0);
        var law = new double[2];
        while (true)
        {
            filter.WriteLaw(law);
            yield return law[1];
            filter.Follow(0);
        }
    }
}
