using CsCheck;
using QuantumImprov.Quantum.Chains.Grover;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Grover;

public sealed class WeightedGroverStepTests
{
    private static readonly double[] Weights = [.3, .25, .2, .1, .08, .05, .02, 0];
    private static readonly bool[] Filter = [true, false, true, false, true, false, false, false];

    private readonly WeightedGroverStep _step = new(WeightedGroverStep.MostCandidates);

    /// <summary>Weights and a filter; the inside share is anything from almost nothing to almost all.</summary>
    private static (double[] Weights, bool[] Inside) Random(ulong seed, int candidates)
    {
        var random = new Xoshiro(seed);
        var share = random.NextDouble();
        double[] weights = [.. Enumerable.Range(0, candidates).Select(_ => random.NextDouble() < .2 ? 0 : Math.Pow(random.NextDouble(), 3))];
        weights[random.NextInt(candidates)] += .2;
        return (weights, [.. Enumerable.Range(0, candidates).Select(_ => random.NextDouble() < share)]);
    }

    [Theory]
    [InlineData(0, .58, .3, .25, .2, .1, .08, .05, .02)]
    [InlineData(1, .268192, .13872, .4356, .09248, .17424, .036992, .08712, .034848)]
    [InlineData(2, .859878592, .444764789, .083405600, .296509859, .033362240, .118603944, .016681120, .006672448)]
    public void Whole_rounds_have_the_reference_law(int rounds, double mass, params double[] expected)
    {
        var (law, closed) = (new double[8], new double[8]);
        _step.Prepare(Weights, Filter, rounds);
        _step.WriteLaw(law);

        // The reference prints six decimals at k = 2; those beyond follow from a = .58 exactly: sin^2(5 theta) = a (16 a^2 - 20 a + 5)^2.
        var exact = rounds == 2 ? .58 * Math.Pow((16 * .58 * .58) - (20 * .58) + 5, 2) : mass;
        Assert.Equal(mass, exact, 5e-7);
        Assert.Equal(exact, _step.InsideMass, 1e-9);
        Assert.Equal(exact, WeightedGroverLaw.Write(Weights, Filter, rounds, closed), 1e-9);
        for (var x = 0; x < 8; x++)
        {
            var at = x < 7 ? expected[x] : 0;
            Assert.Equal(at, law[x], rounds == 2 ? 5e-7 : 1e-9);
            Assert.Equal(Weights[x] * (Filter[x] ? exact / .58 : (1 - exact) / .42), law[x], 1e-9);
            Assert.Equal(closed[x], law[x], 1e-12);
        }

        Assert.Equal(0d, law[7]);
    }

    [Fact]
    public void More_rounds_turn_back_as_the_reference_says()
    {
        double[] of58 = [.58, .268192, .859879, .048902];
        double[] of20 = [.2, .968, .53792, .010765, .736052];
        for (var k = 0; k < of58.Length; k++)
        {
            _step.Prepare(Weights, Filter, k);
            Assert.Equal(of58[k], _step.InsideMass, 5e-7);
        }

        for (var k = 0; k < of20.Length; k++)
        {
            _step.Prepare([.2, .5, .3], [true, false, false], k);
            Assert.Equal(of20[k], _step.InsideMass, 5e-7);
            Assert.Equal(of20[k], WeightedGroverLaw.Write([.2, .5, .3], [true, false, false], k, new double[3]), 5e-7);
        }
    }

    [Fact]
    public void Any_number_of_rounds_equals_the_closed_form() =>
        Gen.Select(Gen.ULong, Gen.Int[1, WeightedGroverStep.MostCandidates], Gen.Int[0, WeightedGroverStep.MostRounds]).Sample(
            (seed, candidates, rounds) =>
            {
                var (weights, inside) = Random(seed, candidates);
                var (law, closed) = (new double[candidates], new double[candidates]);
                _step.Prepare(weights, inside, rounds);
                _step.WriteLaw(law);
                var mass = WeightedGroverLaw.Write(weights, inside, rounds, closed);
                Assert.Equal(mass, _step.InsideMass, 1e-11);
                for (var x = 0; x < candidates; x++) Assert.Equal(closed[x], law[x], 1e-11);
            },
            iter: 1000, threads: 1);

    [Fact]
    public void A_last_round_with_free_phases_sets_the_inside_mass_to_any_wanted_value() =>
        Gen.Select(Gen.ULong, Gen.Int[2, WeightedGroverStep.MostCandidates], Gen.OneOf(Gen.Double[0, 1], Gen.Const(0d), Gen.Const(1d), Gen.Const(.5))).Sample(
            (seed, candidates, wanted) =>
            {
                var (weights, inside) = Random(seed, candidates);
                var share = weights.Where((_, x) => inside[x]).Sum() / weights.Sum();
                _step.PrepareForMass(weights, inside, wanted);
                var (law, closed) = (new double[candidates], new double[candidates]);
                _step.WriteLaw(law);
                var reached = WeightedGroverLaw.WriteForMass(weights, inside, wanted, closed);
                if (share is > .001 and < .999) Assert.Equal(wanted, _step.InsideMass, 1e-9);
                Assert.Equal(reached, _step.InsideMass, 1e-9);
                for (var x = 0; x < candidates; x++)
                {
                    Assert.Equal(closed[x], law[x], 1e-9);
                    if (weights[x] == 0) Assert.Equal(0d, law[x]);
                }
            },
            iter: 3000, threads: 1);

    [Fact]
    public void The_balance_moves_without_a_jump()
    {
        // A dial turned in small steps across every change of the number of rounds: the whole law follows it evenly.
        var (last, law) = (new double[8], new double[8]);
        double[] weights = [.02, .25, .01, .3, .005, .2, .1, .115];
        WeightedGroverLaw.Write(weights, Filter, 0, last);
        var rounds = new HashSet<int>();
        for (var at = .035; at <= 1; at += .001)
        {
            _step.PrepareForMass(weights, Filter, Math.Min(1, at));
            _step.WriteLaw(law);
            rounds.Add(_step.Rounds);
            for (var x = 0; x < 8; x++) Assert.InRange(Math.Abs(law[x] - last[x]), 0, .0011);
            law.CopyTo(last, 0);
        }

        Assert.True(rounds.Count >= 4, $"{rounds.Count} different numbers of rounds");
    }

    [Theory]
    [InlineData(.0001)]
    [InlineData(.9999)]
    public void What_the_most_rounds_cannot_reach_is_said(double share)
    {
        double[] weights = [share, 1 - share];
        _step.PrepareForMass(weights, [true, false], share < .5 ? 1 : 0);
        Assert.Equal(WeightedGroverStep.MostRounds, _step.Rounds);
        var raised = share < .5 ? _step.InsideMass : 1 - _step.InsideMass;
        Assert.InRange(raised, .3, .5);
        Assert.Equal(WeightedGroverLaw.WriteForMass(weights, [true, false], share < .5 ? 1 : 0, new double[2]), _step.InsideMass, 1e-11);
    }

    [Fact]
    public void A_filter_that_takes_all_or_nothing_changes_nothing()
    {
        var law = new double[8];
        foreach (var all in (bool[])[true, false])
        {
            foreach (var wanted in (double[])[0, .3, 1])
            {
                _step.PrepareForMass(Weights, [.. Enumerable.Repeat(all, 8)], wanted);
                _step.WriteLaw(law);
                Assert.Equal(0, _step.Rounds);
                Assert.Equal(all ? 1 : 0, _step.InsideMass, 1e-12);
                for (var x = 0; x < 8; x++) Assert.Equal(Weights[x], law[x], 1e-12);
            }
        }
    }

    [Fact]
    public void Run_as_a_circuit_it_has_the_same_law() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 40], Gen.Int[0, 4], Gen.Double[0, 1], Gen.Bool).Sample(
            (seed, candidates, rounds, wanted, forMass) =>
            {
                var (weights, inside) = Random(seed, candidates);
                var (law, step) = (new double[candidates], new WeightedGroverStep(candidates));
                if (forMass) step.PrepareForMass(weights, inside, wanted);
                else step.Prepare(weights, inside, rounds);
                if (forMass) WeightedGroverLaw.WriteForMass(weights, inside, wanted, law);
                else WeightedGroverLaw.Write(weights, inside, rounds, law);
                var circuit = step.ToCircuit();
                if (circuit is null)
                {
                    Assert.Equal(1, law[step.Certain], 1e-9);
                    return;
                }

                var state = new StateVector(circuit.Qubits);
                foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary)) state.Apply(operation);
                for (var x = 0; x < state.Codes; x++)
                    Assert.Equal(x < candidates ? law[x] : 0, (state.Real[x] * state.Real[x]) + (state.Imaginary[x] * state.Imaginary[x]), 1e-9);
            },
            iter: 300);

    [Fact]
    public void Taken_apart_into_cx_and_rotations_its_exact_law_stays()
    {
        var law = new double[8];
        _step.PrepareForMass(Weights, Filter, .9);
        WeightedGroverLaw.WriteForMass(Weights, Filter, .9, law);
        var exact = DenseReference.Law(Lowering.ToCxAndRotations(_step.ToCircuit()!));
        for (var x = 0; x < 8; x++) Assert.Equal(law[x], exact.GetValueOrDefault((ulong)x), 1e-9);
    }

    [Fact]
    public void Its_picture_reads_back_as_the_same_circuit()
    {
        _step.PrepareForMass(Weights, Filter, .95);
        Assert.Equal(_step.ToCircuit(), CircuitPictureReader.Read(CircuitPicture.Write(_step.ToCircuit()!)));
    }

    [Theory]
    [InlineData(1UL, 8, .9)]
    [InlineData(2UL, 40, .25)]
    [InlineData(3UL, 128, 1)]
    [InlineData(4UL, 3, .5)]
    [InlineData(5UL, 17, 0)]
    public void Samples_follow_the_closed_form(ulong seed, int candidates, double wanted)
    {
        var (weights, inside) = Random(seed, candidates);
        var law = new double[candidates];
        var counts = new int[candidates];
        WeightedGroverLaw.WriteForMass(weights, inside, wanted, law);
        _step.PrepareForMass(weights, inside, wanted);
        var random = new Xoshiro(seed);
        for (var i = 0; i < 60_000; i++) counts[_step.Draw(random)]++;
        ChiSquare.AssertFollows(law, counts);
    }

    [Fact]
    public void What_is_certain_needs_neither_circuit_nor_chance()
    {
        var (random, untouched) = (new Xoshiro(1), new Xoshiro(1));
        _step.Prepare([0, 0, 3, 0], [true, true, false, true], 5);
        AssertCertain(2, 0);
        _step.PrepareForMass([0, 0, 3, 0], [true, true, true, false], .2);
        AssertCertain(2, 1);
        _step.PrepareForMass([.2, .3, .5], [false, true, false], 1);
        AssertCertain(1, 1);
        _step.PrepareForMass([.2, .3, .5], [true, false, true], 0);
        AssertCertain(1, 0);
        _step.PrepareForMass([.2, .3, .5], [false, true, false], .99);
        Assert.Equal(-1, _step.Certain);
        Assert.NotNull(_step.ToCircuit());

        void AssertCertain(int symbol, double mass)
        {
            Assert.Equal(symbol, _step.Certain);
            Assert.Equal(symbol, _step.Draw(random));
            Assert.Null(_step.ToCircuit());
            Assert.Equal(mass, _step.InsideMass);
            Assert.Equal(untouched.NextBits(), random.NextBits());
        }
    }

    [Fact]
    public void Preparing_and_drawing_allocates_nothing()
    {
        var (weights, inside) = Random(9, 100);
        var random = new Xoshiro(1);
        var law = new double[100];
        for (var i = 0; i < 100; i++) Turn();
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 300; i++) Turn(); }));

        void Turn()
        {
            _step.Prepare(weights, inside, 3);
            _step.Draw(random);
            _step.PrepareForMass(weights, inside, .77);
            for (var i = 0; i < 5; i++) _step.Draw(random);
            _step.WriteLaw(law);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-.1)]
    [InlineData(double.PositiveInfinity)]
    public void A_bad_weight_is_named_with_what_is_allowed(double bad)
    {
        var message = Assert.Throws<ArgumentException>(() => _step.Prepare([.5, bad], [true, false], 1)).Message;
        Assert.Contains("candidate 1", message);
        Assert.Contains("0 to 1E+100", message);
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_the_step_keeps_what_it_had()
    {
        _step.Prepare(Weights, Filter, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedGroverStep(129));
        Assert.Throws<InvalidOperationException>(() => new WeightedGroverStep(3).ToCircuit());
        Assert.Contains("All 2 weights are 0", Assert.Throws<ArgumentException>(() => _step.Prepare([0, 0], [true, false], 1)).Message);
        Assert.Throws<ArgumentException>(() => _step.Prepare([1, 1], [true], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.Prepare([1, 1], [true, false], 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.PrepareForMass([1, 1], [true, false], double.NaN));
        Assert.Throws<ArgumentException>(() => new WeightedGroverStep(1).Prepare([1, 1], [true, false], 1));
        Assert.Throws<ArgumentException>(() => WeightedGroverLaw.Write([1, 1], [true, false], 1, new double[3]));
        Assert.Equal(.268192, _step.InsideMass, 1e-9);
    }
}
