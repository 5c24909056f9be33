using QuantumImprov.Engine.Choosing;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Choosing;

public class AmplitudesTests
{
    private const int Members = 4, Classes = 3, Count = 9;

    // The step is rate x r x g / (sqrt(m) + .001) with m = .999 x .001 + .001 g^2 + 1e-9 and r = .1 for weights, .2 for exponents.
    [Fact]
    public void A_step_follows_the_gradient_that_finite_differences_give()
    {
        var random = new Xoshiro(11);
        for (var trial = 0; trial < 200; trial++)
        {
            var (weights, tempers) = (Uniform(random, Members * Classes, .1, 1), Uniform(random, Members * Classes, .2, 1.5));
            var (laws, confidence, played) = (Laws(random), Confidence(random), random.NextInt(Count));
            var amplitudes = new Amplitudes(Members, Classes);
            amplitudes.Adopt(weights, tempers);
            const double rate = 1e-3;
            var bits = amplitudes.Learn(laws, confidence, Count, played, rate);
            Assert.Equal(Cost(weights, tempers, laws, confidence, played) / Math.Log(2), bits, 1e-9);
            for (var k = 0; k < Members; k++)
            {
                var at = k * Classes + confidence[k];
                Assert.Equal(Step(Slope(weights, at, () => Cost(weights, tempers, laws, confidence, played)), .1 * rate), weights[at] - amplitudes.Weights[at], 1e-9);
                Assert.Equal(Step(Slope(tempers, at, () => Cost(weights, tempers, laws, confidence, played)), .2 * rate), tempers[at] - amplitudes.Tempers[at], 1e-9);
            }
        }
    }

    [Fact]
    public void Only_the_classes_that_spoke_are_moved()
    {
        var random = new Xoshiro(1);
        var amplitudes = new Amplitudes(Members, Classes);
        amplitudes.Learn(Laws(random), [0, 1, 2, 0], Count, 3, .02);
        for (var k = 0; k < Members; k++)
        {
            for (var c = 0; c < Classes; c++)
            {
                var spoke = c == new[] { 0, 1, 2, 0 }[k];
                Assert.Equal(spoke, amplitudes.Weights[k * Classes + c] != 1.0 / Members);
                Assert.Equal(spoke, amplitudes.Tempers[k * Classes + c] != .5);
            }
        }
    }

    [Fact]
    public void Learning_one_thing_over_and_over_makes_it_cheap_and_stays_in_bounds()
    {
        var random = new Xoshiro(2);
        var (laws, amplitudes) = (Laws(random), new Amplitudes(Members, Classes));
        var first = amplitudes.Learn(laws, [0, 0, 0, 0], Count, 4, .02);
        var last = 0.0;
        for (var i = 0; i < 20_000; i++) last = amplitudes.Learn(laws, [0, 0, 0, 0], Count, 4, .02);
        Assert.True(last < first, $"{last} after {first}");
        Assert.All(amplitudes.Weights.ToArray(), w => Assert.True(w >= 0 && double.IsFinite(w)));
        Assert.All(amplitudes.Tempers.ToArray(), t => Assert.InRange(t, Amplitudes.LeastTemper, Amplitudes.GreatestTemper));
    }

    [Fact]
    public void Amplitudes_from_elsewhere_are_brought_into_bounds()
    {
        var amplitudes = new Amplitudes(1, 3);
        amplitudes.Adopt([-1, 0, 5], [0, 1, 9]);
        Assert.Equal([0, 0, 5], amplitudes.Weights.ToArray());
        Assert.Equal([Amplitudes.LeastTemper, 1, Amplitudes.GreatestTemper], amplitudes.Tempers.ToArray());
    }

    private static double Cost(double[] weights, double[] tempers, double[] laws, int[] confidence, int played)
    {
        var sums = new double[Count];
        for (var k = 0; k < Members; k++)
        {
            for (var x = 0; x < Count; x++) sums[x] += weights[k * Classes + confidence[k]] * Math.Pow(laws[k * Count + x], tempers[k * Classes + confidence[k]]);
        }

        return -Math.Log(.997 * sums[played] * sums[played] / sums.Sum(s => s * s) + .003 / Count);
    }

    private static double Slope(double[] values, int at, Func<double> cost)
    {
        const double h = 1e-5;
        var value = values[at];
        values[at] = value + h;
        var above = cost();
        values[at] = value - h;
        var below = cost();
        values[at] = value;
        return (above - below) / (2 * h);
    }

    private static double Step(double gradient, double rate) => rate * gradient / (Math.Sqrt(.999 * 1e-3 + .001 * gradient * gradient + 1e-9) + 1e-3);

    private static double[] Laws(Xoshiro random)
    {
        var laws = Uniform(random, Members * Count, .01, 1);
        for (var k = 0; k < Members; k++)
        {
            var sum = laws.Skip(k * Count).Take(Count).Sum();
            for (var x = k * Count; x < (k + 1) * Count; x++) laws[x] /= sum;
        }

        return laws;
    }

    private static int[] Confidence(Xoshiro random) => [.. Enumerable.Range(0, Members).Select(_ => random.NextInt(Classes))];

    private static double[] Uniform(Xoshiro random, int count, double least, double most) => [.. Enumerable.Range(0, count).Select(_ => least + (most - least) * random.NextDouble())];
}
