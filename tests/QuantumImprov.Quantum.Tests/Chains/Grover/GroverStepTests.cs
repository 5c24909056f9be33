using CsCheck;
using QuantumImprov.Quantum.Chains.Grover;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Grover;

public sealed class GroverStepTests
{
    private readonly GroverStep _step = new(GroverStep.MostCandidates);

    /// <summary>The first <paramref name="targets"/> of the candidates.</summary>
    private static bool[] First(int targets, int candidates) => [.. Enumerable.Range(0, candidates).Select(x => x < targets)];

    private static bool[] Random(ulong seed, int candidates)
    {
        var random = new Xoshiro(seed);
        var share = random.NextDouble();
        bool[] targets = [.. Enumerable.Range(0, candidates).Select(_ => random.NextDouble() < share)];
        targets[random.NextInt(candidates)] = true;
        return targets;
    }

    [Theory]
    [InlineData(1, .47265625, .03515625, .47265625)]
    [InlineData(2, 25 / 64.0, 1 / 64.0, .78125)]
    [InlineData(3, 81 / 256.0, 1 / 256.0, .94921875)]
    [InlineData(4, .25, 0, 1)]
    [InlineData(5, .19140625, .00390625, .95703125)]
    [InlineData(6, .140625, .015625, .84375)]
    [InlineData(7, .09765625, .03515625, .68359375)]
    [InlineData(8, .0625, .0625, .5)]
    [InlineData(9, .03515625, .09765625, .31640625)]
    [InlineData(10, (1 - .84375) / 10, .84375 / 6, 1 - .84375)]
    [InlineData(11, (1 - .95703125) / 11, .95703125 / 5, 1 - .95703125)]
    [InlineData(12, 0, .25, 0)]
    public void One_iteration_on_sixteen_codes_has_the_reference_law(int targets, double target, double other, double together)
    {
        // All sixteen codes are candidates here, so the law of kept shots is the law of the register.
        var (law, closed) = (new double[16], new double[16]);
        _step.Prepare(First(targets, 16), 1, GroverPadding.None);
        _step.WriteLaw(law);
        GroverLaw.Write(First(targets, 16), 1, GroverPadding.None, closed);
        Assert.Equal(4, _step.Qubits);
        Assert.Equal(together, _step.TargetShare, 1e-12);
        Assert.Equal(together, GroverLaw.OnTargets(targets, 16, 1), 1e-12);
        for (var x = 0; x < 16; x++)
        {
            Assert.Equal(x < targets ? target : other, law[x], 1e-12);
            Assert.Equal(x < targets ? target : other, closed[x], 1e-12);
        }
    }

    [Fact]
    public void Four_targets_of_sixteen_are_hit_without_fail()
    {
        _step.Prepare(First(4, 12), 1, GroverPadding.None);
        Assert.Equal(1d, _step.TargetShare);
        var random = new Xoshiro(1);
        for (var i = 0; i < 10_000; i++) Assert.InRange(_step.Draw(random).Symbol, 0, 3);
    }

    [Fact]
    public void Above_half_the_circuit_turns_against_its_targets_and_one_more_qubit_repairs_it()
    {
        for (var targets = 9; targets <= 15; targets++)
        {
            double[] bare = new double[16], padded = new double[16];
            _step.Prepare(First(targets, 16), 1, GroverPadding.None);
            _step.WriteLaw(bare);
            Assert.True(bare[0] < bare[15], $"{targets} targets: {bare[0]} each, {bare[15]} each other");

            _step.Prepare(First(targets, 16), 1, GroverPadding.WhenHalfAreTargets);
            _step.WriteLaw(padded);
            Assert.Equal(5, _step.Qubits);
            Assert.True(padded[0] > padded[15], $"{targets} targets, padded: {padded[0]} each, {padded[15]} each other");
            Assert.True(targets * padded[0] > targets / 16.0);
        }

        // Eight gain nothing; padded they are hit without fail. Seven need no padding and get none.
        _step.Prepare(First(8, 16), 1, GroverPadding.None);
        Assert.Equal(.5, _step.TargetShare, 1e-12);
        _step.Prepare(First(8, 16), 1, GroverPadding.WhenHalfAreTargets);
        Assert.Equal(1, _step.TargetShare, 1e-12);
        _step.Prepare(First(7, 16), 1, GroverPadding.WhenHalfAreTargets);
        Assert.Equal(4, _step.Qubits);
    }

    [Fact]
    public void When_only_unused_codes_can_come_nothing_is_kept()
    {
        // Twelve targets among sixteen codes: one iteration leaves the four codes that nobody uses.
        var law = new double[12];
        _step.Prepare(First(12, 12), 1, GroverPadding.None);
        _step.WriteLaw(law);
        Assert.Equal(0d, _step.KeptShare);
        Assert.Equal(0d, GroverLaw.Write(First(12, 12), 1, GroverPadding.None, new double[12]));
        Assert.All(law, p => Assert.Equal(0d, p));
        Assert.Equal(default, _step.Draw(new Xoshiro(1)));
        Assert.Equal(default, _step.DrawMostFrequentAsPublished(new Xoshiro(1)));

        _step.Prepare(First(12, 12), 1, GroverPadding.WhenHalfAreTargets);
        Assert.Equal(.84375, _step.KeptShare, 1e-12);
        Assert.True(_step.Draw(new Xoshiro(1)).Kept);
    }

    [Fact]
    public void The_simulated_law_equals_the_closed_form_on_any_set() =>
        Gen.Select(Gen.ULong, Gen.Int[1, GroverStep.MostCandidates], Gen.Int[0, GroverStep.MostIterations], Gen.Bool).Sample(
            (seed, candidates, iterations, pad) =>
            {
                var padding = pad ? GroverPadding.WhenHalfAreTargets : GroverPadding.None;
                var targets = Random(seed, candidates);
                var (law, closed) = (new double[candidates], new double[candidates]);
                _step.Prepare(targets, iterations, padding);
                _step.WriteLaw(law);
                var kept = GroverLaw.Write(targets, iterations, padding, closed);
                Assert.Equal(kept, _step.KeptShare, 1e-11);
                if (kept < 1e-6) return;
                Assert.Equal(1, law.Sum(), 1e-11);
                for (var x = 0; x < candidates; x++) Assert.Equal(closed[x], law[x], 1e-11 / kept);
            },
            iter: 2000, threads: 1);

    [Fact]
    public void Run_as_a_circuit_it_has_the_same_law() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 70], Gen.Int[0, 5], Gen.Bool).Sample(
            (seed, candidates, iterations, pad) =>
            {
                var padding = pad ? GroverPadding.WhenHalfAreTargets : GroverPadding.None;
                var targets = Random(seed, candidates);
                var step = new GroverStep(candidates);
                step.Prepare(targets, iterations, padding);
                var circuit = step.ToCircuit();
                Assert.Equal(step.Qubits, circuit.Qubits);
                var state = new StateVector(circuit.Qubits);
                foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary)) state.Apply(operation);
                var law = new double[candidates];
                var kept = GroverLaw.Write(targets, iterations, padding, law);
                for (var x = 0; x < candidates; x++)
                    Assert.Equal(law[x] * kept, (state.Real[x] * state.Real[x]) + (state.Imaginary[x] * state.Imaginary[x]), 1e-11);
            },
            iter: 200);

    [Fact]
    public void Its_picture_reads_back_with_the_same_law()
    {
        _step.Prepare(First(9, 12), 2, GroverPadding.WhenHalfAreTargets);
        // A picture may put operations on different qubits in another order.
        Matrices.AssertSameLaw(DenseReference.Law(_step.ToCircuit()), DenseReference.Law(CircuitPictureReader.Read(CircuitPicture.Write(_step.ToCircuit()))), "the picture");
    }

    [Theory]
    [InlineData(1UL, 2, 12, 1, GroverPadding.None)]
    [InlineData(2UL, 3, 12, 1, GroverPadding.None)]
    [InlineData(3UL, 5, 12, 1, GroverPadding.WhenHalfAreTargets)]
    [InlineData(4UL, 9, 12, 1, GroverPadding.None)]
    [InlineData(5UL, 9, 12, 1, GroverPadding.WhenHalfAreTargets)]
    [InlineData(6UL, 3, 100, 4, GroverPadding.None)]
    [InlineData(7UL, 1, 1, 1, GroverPadding.WhenHalfAreTargets)]
    [InlineData(8UL, 4, 9, 0, GroverPadding.None)]
    public void Samples_follow_the_closed_form(ulong seed, int targets, int candidates, int iterations, GroverPadding padding)
    {
        var law = new double[candidates];
        var counts = new int[candidates];
        var kept = GroverLaw.Write(First(targets, candidates), iterations, padding, law);
        _step.Prepare(First(targets, candidates), iterations, padding);
        var random = new Xoshiro(seed);
        const int Shots = 60_000;
        long taken = 0;
        for (var i = 0; i < Shots; i++)
        {
            var shot = _step.Draw(random);
            Assert.True(shot.Kept);
            counts[shot.Symbol]++;
            taken += 1 + shot.Redraws;
        }

        ChiSquare.AssertFollows(law, counts);

        // Redraws: five standard deviations, a false alarm in about two million.
        var deviation = Math.Sqrt(kept * (1 - kept) / taken);
        Assert.True(Math.Abs(((double)Shots / taken) - kept) <= (5 * deviation) + 1e-12, $"kept {(double)Shots / taken}, {kept} expected");
    }

    [Fact]
    public void The_published_reading_takes_the_most_frequent_and_hides_the_weights_of_misses()
    {
        // One target holds .47 of the shots, each other .035: the most frequent of 1024 is always the target, a single shot is not.
        _step.Prepare(First(1, 12), 1, GroverPadding.None);
        var random = new Xoshiro(3);
        var misses = 0;
        for (var i = 0; i < 300; i++)
        {
            var published = _step.DrawMostFrequentAsPublished(random);
            Assert.Equal((0, true), (published.Symbol, published.Kept));
            Assert.InRange(published.Redraws, 60, 240);
            misses += _step.Draw(random).Symbol == 0 ? 0 : 1;
        }

        Assert.True(misses > 60, $"{misses} of 300 single shots missed the target");

        // Among equal targets it is a coin tossed by counting noise.
        _step.Prepare(First(4, 12), 1, GroverPadding.None);
        var seen = Enumerable.Range(0, 200).Select(_ => _step.DrawMostFrequentAsPublished(random).Symbol).ToHashSet();
        Assert.Equal([0, 1, 2, 3], seen.Order());
    }

    [Fact]
    public void Preparing_and_drawing_allocates_nothing()
    {
        var targets = First(40, 100);
        var random = new Xoshiro(1);
        var law = new double[100];
        for (var i = 0; i < 100; i++) Turn();
        Assert.Equal(0, Allocated.By(() => { for (var i = 0; i < 300; i++) Turn(); }));

        void Turn()
        {
            _step.Prepare(targets, 2, GroverPadding.WhenHalfAreTargets);
            for (var i = 0; i < 5; i++) _step.Draw(random);
            _step.DrawMostFrequentAsPublished(random);
            _step.WriteLaw(law);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_the_step_keeps_what_it_had()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroverStep(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroverStep(129));
        Assert.Throws<InvalidOperationException>(() => new GroverStep(3).ToCircuit());
        _step.Prepare(First(4, 12), 1, GroverPadding.None);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => _step.Prepare(new bool[5], 1, GroverPadding.None)).Message);
        Assert.Contains("0 to 32", Assert.Throws<ArgumentOutOfRangeException>(() => _step.Prepare(First(1, 5), 33, GroverPadding.None)).Message);
        Assert.Throws<ArgumentException>(() => _step.Prepare([], 1, GroverPadding.None));
        Assert.Contains("1 to 4", Assert.Throws<ArgumentException>(() => new GroverStep(4).Prepare(First(1, 5), 1, GroverPadding.None)).Message);
        Assert.Throws<ArgumentException>(() => GroverLaw.Write(First(1, 5), 1, GroverPadding.None, new double[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => GroverLaw.OnTargets(5, 4, 1));
        Assert.Equal(1d, _step.TargetShare);
    }
}
