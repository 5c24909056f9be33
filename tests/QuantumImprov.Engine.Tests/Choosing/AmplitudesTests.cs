using QuantumImprov.Engine.Choosing;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Randomness;
using Xunit;

namespace QuantumImprov.Engine.Tests.Choosing;

public class AmplitudesTests
{
    private const int Members = 4, Classes = 3, Count = 9;

    // The step is rate x r x g / (sqrt(m) + .001) with m = .999 x .001 + .001 g^2 + 1e-9 and r = .1 for weights and memory steps, .2 for exponents, .03 for the accord.
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_step_follows_the_gradient_that_finite_differences_give(int levels)
    {
        var random = new Xoshiro(11);
        var size = levels * levels;
        for (var trial = 0; trial < 100; trial++)
        {
            var (weights, tempers, steps) = (Uniform(random, Members * Classes, .1, 1), Uniform(random, Members * Classes, .2, 1.5), Uniform(random, Members * size, -1, 1));
            var accords = Uniform(random, Members, -.5, .5);
            var (laws, played) = (Laws(random), random.NextInt(Count));
            var rho = Memory(random, levels);
            var amplitudes = new Amplitudes(Members, Classes, levels);
            amplitudes.Adopt(weights, tempers, steps, accords);
            double Cost() => AmplitudesTests.Cost(weights, tempers, steps, accords, rho, laws, played, levels);
            const double rate = 1e-3;
            var bits = amplitudes.Learn(laws, played, rate, rho, new double[size]);
            Assert.Equal(Cost() / Math.Log(2), bits, 1e-9);
            for (var k = 0; k < Members; k++)
            {
                var at = k * Classes + laws.Confidence[k];
                Assert.Equal(Step(Slope(weights, at, Cost), .1 * rate), weights[at] - amplitudes.Weights[at], 1e-8);
                Assert.Equal(Step(Slope(tempers, at, Cost), .2 * rate), tempers[at] - amplitudes.Tempers[at], 1e-8);
                Assert.Equal(Step(Slope(accords, k, Cost), .03 * rate), accords[k] - amplitudes.Accords[k], 1e-8);
                for (var i = k * size; i < (k + 1) * size; i++) Assert.Equal(Step(Slope(steps, i, Cost), .1 * rate), steps[i] - amplitudes.Steps[i], 1e-8);
            }
        }
    }

    // What evaluate moves on and what the product's circuit begins with are two pieces of code: along forty notes they hold the same memory.
    [Fact]
    public void The_memory_that_is_scored_and_the_memory_that_is_played_move_alike()
    {
        var random = new Xoshiro(21);
        var (amplitudes, played) = (new Amplitudes(Members, Classes), new CouncilMemory(2));
        var (rho, move) = (new double[16], new double[16]);
        amplitudes.Start(rho);
        for (var note = 0; note < 40; note++)
        {
            amplitudes.Learn(Laws(random), random.NextInt(Count), .02, rho, move);
            amplitudes.Move(rho, move);
            played.Hear(move);
            Assert.False(played.HoldsRegister);
            for (var i = 0; i < rho.Length; i++)
            {
                Assert.Equal(rho[i], played[i / 4, i % 4].Real, 1e-12);
                Assert.Equal(0, played[i / 4, i % 4].Imaginary, 1e-12);
            }
        }

        Assert.Throws<ArgumentException>(() => played.Hear(new double[4]));
    }

    [Fact]
    public void Only_the_classes_that_spoke_are_moved()
    {
        var random = new Xoshiro(1);
        var amplitudes = new Amplitudes(Members, Classes);
        var laws = Laws(random);
        new[] { 0, 1, 2, 0 }.CopyTo(laws.Confidence, 0);
        amplitudes.Learn(laws, 3, .02, Memory(random, 4), new double[16]);
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
        var (laws, amplitudes, rho, move) = (Laws(random), new Amplitudes(Members, Classes), new double[16], new double[16]);
        amplitudes.Start(rho);
        var first = amplitudes.Learn(laws, 4, .02, rho, move);
        var last = 0.0;
        for (var i = 0; i < 20_000; i++)
        {
            last = amplitudes.Learn(laws, 4, .02, rho, move);
            amplitudes.Move(rho, move);
        }

        Assert.True(last < first, $"{last} after {first}");
        Assert.Equal(1, rho[0] + rho[5] + rho[10] + rho[15], 1e-9);
        Assert.All(amplitudes.Weights.ToArray(), w => Assert.True(w >= 0 && double.IsFinite(w)));
        Assert.All(amplitudes.Tempers.ToArray(), t => Assert.InRange(t, Amplitudes.LeastTemper, Amplitudes.GreatestTemper));
        Assert.All(amplitudes.Steps.ToArray(), v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void Amplitudes_from_elsewhere_are_brought_into_bounds_and_steps_are_taken_as_they_are()
    {
        var amplitudes = new Amplitudes(1, 3, 2);
        var revision = amplitudes.Revision;
        amplitudes.Adopt([-1, 0, 5], [0, 1, 9], [1, -2, 3, 4], [7]);
        Assert.Equal([3], amplitudes.Accords.ToArray());
        amplitudes.Adopt([-1, 0, 5], [0, 1, 9], [1, -2, 3, 4]);
        Assert.Equal([0], amplitudes.Accords.ToArray());
        Assert.Equal([0, 0, 5], amplitudes.Weights.ToArray());
        Assert.Equal([Amplitudes.LeastTemper, 1, Amplitudes.GreatestTemper], amplitudes.Tempers.ToArray());
        Assert.Equal([1, -2, 3, 4], amplitudes.Steps.ToArray());
        Assert.NotEqual(revision, amplitudes.Revision);
    }

    private static double Cost(double[] weights, double[] tempers, double[] steps, double[] accords, double[] rho, MemberLaws laws, int played, int d)
    {
        var mass = new double[Count];
        for (var x = 0; x < Count; x++)
        {
            var m = new double[d * d];
            var together = 1.0;
            for (var k = 0; k < Members; k++) together *= Math.Pow(laws.Laws[k * Count + x], accords[k]);
            for (var k = 0; k < Members; k++)
            {
                var at = k * Classes + laws.Confidence[k];
                for (var i = 0; i < m.Length; i++) m[i] += together * weights[at] * Math.Pow(laws.Laws[k * Count + x], tempers[at]) * steps[k * d * d + i];
            }

            for (var i = 0; i < d; i++)
            {
                for (var a = 0; a < d; a++)
                {
                    for (var b = 0; b < d; b++) mass[x] += m[i * d + a] * rho[a * d + b] * m[i * d + b];
                }
            }
        }

        return -Math.Log(.997 * mass[played] / mass.Sum() + .003 / Count);
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

    private static MemberLaws Laws(Xoshiro random)
    {
        var laws = new MemberLaws(Members, Count);
        for (var k = 0; k < Members; k++)
        {
            var row = Uniform(random, Count, .01, 1);
            for (var x = 0; x < Count; x++) laws.Laws[k * Count + x] = row[x] / row.Sum();
            laws.Confidence[k] = random.NextInt(Classes);
        }

        laws.Complete();
        return laws;
    }

    // A A^T of random entries, trace 1.
    private static double[] Memory(Xoshiro random, int d)
    {
        var a = Uniform(random, d * d, -1, 1);
        var rho = new double[d * d];
        for (var i = 0; i < rho.Length; i++)
        {
            for (var l = 0; l < d; l++) rho[i] += a[i / d * d + l] * a[i % d * d + l];
        }

        var trace = Enumerable.Range(0, d).Sum(i => rho[i * d + i]);
        return [.. rho.Select(v => v / trace)];
    }

    private static double[] Uniform(Xoshiro random, int count, double least, double most) => [.. Enumerable.Range(0, count).Select(_ => least + (most - least) * random.NextDouble())];
}
