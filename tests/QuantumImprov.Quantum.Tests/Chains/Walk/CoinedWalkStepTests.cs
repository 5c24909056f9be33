using CsCheck;
using QuantumImprov.Quantum.Chains.Walk;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Walk;

public sealed class CoinedWalkStepTests
{
    private const double Hadamard = Math.PI / 4;

    private readonly CoinedWalkStep _step = new(CoinedWalkStep.MostPositions);

    private static (double Mean, double Sigma) Spread(double[] law)
    {
        // On a cycle too long to be walked round, the upper half are the steps down.
        var mean = law.Select((p, d) => p * (d < law.Length / 2 ? d : d - law.Length)).Sum();
        var square = law.Select((p, d) => p * Math.Pow(d < law.Length / 2 ? d : d - law.Length, 2)).Sum();
        return (mean, Math.Sqrt(square - (mean * mean)));
    }

    [Fact]
    public void The_even_hadamard_walk_spreads_as_the_reference_says()
    {
        var (law, closed) = (new double[256], new double[256]);
        _step.Prepare(256, 100, Hadamard, 0);
        _step.WriteLaw(law);
        CoinedWalkLaw.Write(256, 100, Hadamard, 0, closed);
        foreach (var (mean, sigma) in ((double, double)[])[Spread(law), Spread(closed)])
        {
            Assert.Equal(0, mean, 1e-9);
            Assert.Equal(.541241, sigma / 100, 5e-7);
        }

        // The classical walk of as many steps has a tenth of t.
        Assert.True(Spread(law).Sigma > 5 * Math.Sqrt(100));
    }

    [Fact]
    public void Leaning_moves_the_walk_to_its_side()
    {
        var law = new double[256];
        double last = -100;
        foreach (var lean in (double[])[-1, -.5, 0, .5, 1])
        {
            _step.Prepare(256, 50, Hadamard, lean);
            _step.WriteLaw(law);
            Assert.True(Spread(law).Mean > last + 1);
            last = Spread(law).Mean;
        }
    }

    [Fact]
    public void A_coin_that_never_turns_runs_straight_and_one_that_always_turns_stays_near()
    {
        var law = new double[12];
        _step.Prepare(12, 5, 0, 1);
        _step.WriteLaw(law);
        Assert.Equal(1, law[5], 1e-12);
        _step.Prepare(12, 6, Math.PI / 2, .3);
        Assert.Equal(1, _step.SelfTransition, 1e-12);
    }

    [Fact]
    public void The_walked_law_equals_the_closed_form() =>
        Gen.Select(Gen.Int[2, CoinedWalkStep.MostPositions], Gen.Int[0, CoinedWalkStep.MostSteps], Gen.Double[0, Math.PI / 2], Gen.Double[-1, 1]).Sample(
            (positions, steps, coin, lean) =>
            {
                var (law, closed) = (new double[positions], new double[positions]);
                _step.Prepare(positions, steps, coin, lean);
                var from = steps % positions;
                _step.Stand(from);
                _step.WriteLaw(law);
                CoinedWalkLaw.Write(positions, steps, coin, lean, closed);
                Assert.Equal(1, law.Sum(), 1e-11);
                Assert.Equal(closed[0], _step.SelfTransition, 1e-11);
                for (var d = 0; d < positions; d++)
                {
                    Assert.Equal(closed[d], law[(from + d) % positions], 1e-11);
                    if (positions % 2 == 0 && (d - steps) % 2 != 0) Assert.Equal(0d, law[(from + d) % positions]);
                }
            },
            iter: 200, threads: 1);

    [Fact]
    public void Run_as_a_circuit_it_has_the_same_law() =>
        Gen.Select(Gen.Int[2, 33], Gen.Int[0, 8], Gen.Double[0, Math.PI / 2], Gen.Double[-1, 1]).Sample(
            (positions, steps, coin, lean) =>
            {
                var step = new CoinedWalkStep(positions);
                step.Prepare(positions, steps, coin, lean);
                step.Stand((positions - 1) / (steps + 1));
                var closed = new double[positions];
                CoinedWalkLaw.Write(positions, steps, coin, lean, closed);
                var circuit = step.ToCircuit();
                var state = new StateVector(circuit.Qubits);
                foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary)) state.Apply(operation);
                var found = new double[1 << circuit.Bits];
                for (var code = 0; code < state.Codes; code++) found[code & (found.Length - 1)] += (state.Real[code] * state.Real[code]) + (state.Imaginary[code] * state.Imaginary[code]);
                for (var x = 0; x < found.Length; x++) Assert.Equal(x < positions ? closed[(x - step.Position + positions) % positions] : 0, found[x], 1e-11);
            },
            iter: 150);

    [Fact]
    public void Its_picture_reads_back_with_the_same_law()
    {
        _step.Prepare(12, 3, Hadamard, .2);
        _step.Stand(5);
        // A picture may put operations on different qubits in another order.
        Matrices.AssertSameLaw(DenseReference.Law(_step.ToCircuit()), DenseReference.Law(CircuitPictureReader.Read(CircuitPicture.Write(_step.ToCircuit()))), "the picture");
    }

    [Theory]
    [InlineData(1UL, 12, 3, Hadamard, 0)]
    [InlineData(2UL, 12, 7, Hadamard, .5)]
    [InlineData(3UL, 7, 4, 1.2, -1)]
    [InlineData(4UL, 256, 100, Hadamard, 0)]
    public void Samples_follow_the_closed_form(ulong seed, int positions, int steps, double coin, double lean)
    {
        var (closed, counts) = (new double[positions], new int[positions]);
        CoinedWalkLaw.Write(positions, steps, coin, lean, closed);
        _step.Prepare(positions, steps, coin, lean);
        _step.Stand(positions - 2);
        var random = new Xoshiro(seed);
        for (var i = 0; i < 60_000; i++) counts[(_step.Draw(random) + 2) % positions]++;

        // The transform leaves about 1e-32 where the walk cannot be.
        ChiSquare.AssertFollows([.. closed.Select(p => p < 1e-25 ? 0 : p)], counts);
    }

    [Fact]
    public void Preparing_standing_and_drawing_allocates_nothing()
    {
        var random = new Xoshiro(1);
        var law = new double[12];
        for (var i = 0; i < 100; i++) Turn();
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 300; i++) Turn(); }));

        void Turn()
        {
            _step.Prepare(12, 7, Hadamard, .1);
            for (var i = 0; i < 5; i++) _step.Stand(_step.Draw(random));
            _step.WriteLaw(law);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_the_step_keeps_what_it_had()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoinedWalkStep(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoinedWalkStep(257));
        Assert.Throws<InvalidOperationException>(() => new CoinedWalkStep(3).ToCircuit());
        Assert.Throws<InvalidOperationException>(() => new CoinedWalkStep(3).Draw(new Xoshiro(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoinedWalkStep(3).Stand(0));
        _step.Prepare(12, 3, Hadamard, 0);
        _step.Stand(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.Prepare(1, 3, Hadamard, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoinedWalkStep(11).Prepare(12, 3, Hadamard, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.Prepare(12, 129, Hadamard, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.Prepare(12, 3, double.NaN, 0));
        Assert.Contains("-1 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => _step.Prepare(12, 3, Hadamard, 1.1)).Message);
        Assert.Contains("0 to 11", Assert.Throws<ArgumentOutOfRangeException>(() => _step.Stand(12)).Message);
        Assert.Throws<ArgumentException>(() => CoinedWalkLaw.Write(12, 3, Hadamard, 0, new double[3]));
        Assert.Equal((12, 3, 4), (_step.Positions, _step.Steps, _step.Position));
    }
}
