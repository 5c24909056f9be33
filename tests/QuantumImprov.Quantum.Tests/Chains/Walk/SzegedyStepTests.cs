using CsCheck;
using QuantumImprov.Quantum.Chains.Walk;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Walk;

public sealed class SzegedyStepTests
{
    private readonly SzegedyStep _step = new(48);

    private double[] Whole(double[] table, int states, int steps, WalkForm form = WalkForm.AsGiven)
    {
        var whole = new double[states * states];
        _step.Prepare(table, states, steps, form);
        for (var i = 0; i < states; i++)
        {
            _step.Stand(i);
            _step.WriteLaw(whole.AsSpan(i * states, states));
        }

        return whole;
    }

    private static double[] Closed(double[] table, int states, int steps)
    {
        var law = new double[states * states];
        SzegedyLaw.Write(table, states, steps, law);
        return law;
    }

    [Theory]
    [InlineData(3, .12, .492, .388, .444, .112, .444, .388, .492, .12)]
    [InlineData(4, .15104, .30336, .5456, .38016, .23968, .38016, .5456, .30336, .15104)]
    public void The_sample_walk_has_the_reference_matrix(int steps, params double[] expected)
    {
        var (walked, closed) = (Whole(WalkTables.Sample, 3, steps), Closed(WalkTables.Sample, 3, steps));
        for (var k = 0; k < 9; k++)
        {
            Assert.Equal(expected[k], walked[k], 1e-12);
            Assert.Equal(expected[k], closed[k], 1e-12);
        }
    }

    [Fact]
    public void The_self_transitions_of_five_steps_are_those_of_the_reference()
    {
        _step.Prepare(WalkTables.Sample, 3, 5, WalkForm.AsGiven);
        double[] expected = [.607629, .934067, .607629];
        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], _step.SelfTransition(i), 5e-7);
        Assert.Equal((.607629 + (2 * .934067) + .607629) / 4, _step.SelfTransition([1, 2, 1]), 5e-7);
        Assert.Equal(0, _step.Position);
    }

    [Fact]
    public void No_steps_and_two_steps_give_the_table_and_one_step_stays() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 30]).Sample(
            (seed, states) =>
            {
                var table = WalkTables.Random(seed, states);
                var (zero, one, two) = (Whole(table, states, 0), Whole(table, states, 1), Whole(table, states, 2));
                for (var k = 0; k < table.Length; k++)
                {
                    Assert.Equal(table[k], zero[k], 1e-12);
                    Assert.Equal(k / states == k % states ? 1 : 0, one[k], 1e-12);
                    Assert.Equal(table[k], two[k], 1e-12);
                }
            },
            iter: 150, threads: 1);

    [Fact]
    public void The_walked_matrix_equals_the_closed_form_on_any_table() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 24], Gen.Int[0, SzegedyStep.MostSteps]).Sample(
            (seed, states, steps) =>
            {
                var table = WalkTables.Random(seed, states);
                var (walked, closed) = (Whole(table, states, steps), Closed(table, states, steps));
                for (var i = 0; i < states; i++)
                {
                    Assert.Equal(1, walked.AsSpan(i * states, states).ToArray().Sum(), 1e-10);
                    for (var k = 0; k < states; k++) Assert.Equal(closed[(i * states) + k], walked[(i * states) + k], 1e-10);
                    Assert.Equal(walked[(i * states) + i], _step.SelfTransition(i));
                }
            },
            iter: 150, threads: 1);

    [Fact]
    public void Run_as_a_circuit_it_has_the_same_law() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 9], Gen.Int[0, 6]).Sample(
            (seed, states, steps) =>
            {
                var table = WalkTables.Random(seed, states);
                var closed = Closed(table, states, steps);
                var step = new SzegedyStep(states);
                step.Prepare(table, states, steps, WalkForm.AsGiven);
                var from = (int)(seed % (ulong)states);
                step.Stand(from);
                var circuit = step.ToCircuit();
                Assert.Equal((2 * step.RegisterQubits, step.RegisterQubits), (circuit.Qubits, circuit.Bits));
                var state = new StateVector(circuit.Qubits);
                foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary)) state.Apply(operation);
                var found = new double[1 << step.RegisterQubits];
                for (var code = 0; code < state.Codes; code++) found[code & (found.Length - 1)] += (state.Real[code] * state.Real[code]) + (state.Imaginary[code] * state.Imaginary[code]);
                for (var k = 0; k < found.Length; k++) Assert.Equal(k < states ? closed[(from * states) + k] : 0, found[k], 1e-10);
            },
            iter: 150);

    [Fact]
    public void Taken_apart_into_cx_and_rotations_its_exact_law_stays()
    {
        var step = new SzegedyStep(3);
        step.Prepare(WalkTables.Sample, 3, 3, WalkForm.AsGiven);
        step.Stand(1);
        var exact = DenseReference.Law(Lowering.ToCxAndRotations(step.ToCircuit()));
        double[] expected = [.444, .112, .444];
        for (var k = 0; k < 3; k++) Assert.Equal(expected[k], exact[(ulong)k], 1e-9);
    }

    [Fact]
    public void Its_picture_reads_back_as_the_same_circuit()
    {
        _step.Prepare(WalkTables.Random(6, 12), 12, 3, WalkForm.AsGiven);
        _step.Stand(7);
        Assert.Equal(_step.ToCircuit(), CircuitPictureReader.Read(CircuitPicture.Write(_step.ToCircuit())));
    }

    [Theory]
    [InlineData(1UL, 3, 3)]
    [InlineData(2UL, 12, 3)]
    [InlineData(3UL, 12, 2)]
    [InlineData(4UL, 40, 6)]
    [InlineData(5UL, 48, 1)]
    public void Samples_follow_the_closed_form(ulong seed, int states, int steps)
    {
        var table = WalkTables.Random(seed, states);
        var closed = Closed(table, states, steps);
        _step.Prepare(table, states, steps, WalkForm.AsGiven);
        var random = new Xoshiro(seed);
        foreach (var from in (int[])[0, states / 2, states - 1])
        {
            var counts = new int[states];
            _step.Stand(from);
            for (var i = 0; i < 40_000; i++) counts[_step.Draw(random)]++;

            // What should vanish exactly is left at about 1e-33 by rounding.
            ChiSquare.AssertFollows([.. closed.AsSpan(from * states, states).ToArray().Select(p => p < 1e-20 ? 0 : p)], counts);
        }
    }

    [Fact]
    public void Standing_on_what_was_drawn_walks_a_markov_chain_with_that_matrix()
    {
        // Pairs of neighbours in one long walk. Ten steps between two pairs make them independent to all purposes: the second eigenvalue of G_3 is -.38, its tenth power 6e-5.
        _step.Prepare(WalkTables.Sample, 3, 3, WalkForm.AsGiven);
        var law = Closed(WalkTables.Sample, 3, 3);
        var pi = new double[3];
        Assert.True(WalkTable.Stationary(law, 3, pi));
        var random = new Xoshiro(12);
        var counts = new int[9];
        for (var i = 0; i < 40_000; i++)
        {
            for (var skip = 0; skip < 10; skip++) _step.Stand(_step.Draw(random));
            var from = _step.Position;
            var to = _step.Draw(random);
            _step.Stand(to);
            counts[(3 * from) + to]++;
        }

        ChiSquare.AssertFollows([.. law.Select((p, k) => pi[k / 3] * p)], counts);
    }

    [Fact]
    public void The_symmetrised_form_walks_the_reversible_table()
    {
        double[] oneWay = [.1, .8, .1, .1, .1, .8, .8, .1, .1];
        var symmetrised = new double[9];
        Assert.True(WalkTable.Symmetrise(oneWay, 3, symmetrised));
        var (given, form) = (Whole(oneWay, 3, 3), Whole(oneWay, 3, 3, WalkForm.Symmetrised));
        var expected = Closed(symmetrised, 3, 3);
        for (var k = 0; k < 9; k++) Assert.Equal(expected[k], form[k], 1e-12);
        Assert.Contains(Enumerable.Range(0, 9), k => Math.Abs(given[k] - form[k]) > .05);

        var error = Assert.Throws<ArgumentException>(() => _step.Prepare([1, 0, .5, .5], 2, 3, WalkForm.Symmetrised));
        Assert.Contains("cannot be reached", error.Message);
        Assert.Equal(form, Whole(oneWay, 3, 3, WalkForm.Symmetrised));
        _step.Prepare([1, 0, .5, .5], 2, 3, WalkForm.AsGiven);
    }

    [Fact]
    public void Preparing_standing_and_drawing_allocates_nothing()
    {
        var table = WalkTables.Random(3, 24, connected: true);
        var random = new Xoshiro(1);
        var law = new double[24];
        double[] visits = [.. Enumerable.Repeat(1.0, 24)];
        for (var i = 0; i < 30; i++) Turn();
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 100; i++) Turn(); }));

        void Turn()
        {
            _step.Prepare(table, 24, 3, WalkForm.Symmetrised);
            _step.Prepare(table, 24, 3, WalkForm.AsGiven);
            for (var i = 0; i < 5; i++) _step.Stand(_step.Draw(random));
            _step.WriteLaw(law);
            _step.SelfTransition(visits);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_the_step_keeps_what_it_had()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SzegedyStep(129));
        Assert.Throws<InvalidOperationException>(() => new SzegedyStep(3).ToCircuit());
        Assert.Throws<InvalidOperationException>(() => new SzegedyStep(3).Draw(new Xoshiro(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SzegedyStep(3).Stand(0));
        var before = Whole(WalkTables.Sample, 3, 3);
        Assert.Contains("Row 1 sums to 0.9", Assert.Throws<ArgumentException>(() => _step.Prepare([.5, .5, .4, .5], 2, 3, WalkForm.AsGiven)).Message);
        Assert.Contains("from state 1 to state 0", Assert.Throws<ArgumentException>(() => _step.Prepare([.5, .5, -.5, 1], 2, 3, WalkForm.AsGiven)).Message);
        Assert.Throws<ArgumentException>(() => _step.Prepare([.5, .5, double.NaN, .5], 2, 3, WalkForm.AsGiven));
        Assert.Throws<ArgumentException>(() => _step.Prepare([1, 0], 2, 3, WalkForm.AsGiven));
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.Prepare([1], 1, 65, WalkForm.AsGiven));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SzegedyStep(2).Prepare(WalkTables.Sample, 3, 1, WalkForm.AsGiven));
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.Stand(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => _step.SelfTransition(-1));
        Assert.Throws<ArgumentException>(() => _step.SelfTransition([0, 0, 0]));
        Assert.Throws<ArgumentException>(() => _step.SelfTransition([1, 1]));
        Assert.Equal(2, _step.Position);
        for (var i = 0; i < 3; i++) Assert.Equal(before[4 * i], _step.SelfTransition(i));
    }
}
