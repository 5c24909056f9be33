using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Circuits;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

/// <summary>The circuit that a council with memory writes down, run by parts that know nothing of councils.</summary>
public sealed class MemoryCircuitTests
{
    private readonly CouncilStep _step = new(CouncilStep.MostMembers, CouncilStep.MostCandidates, MemoryOperators.MostQubits);

    [Theory]
    [InlineData(2, 4, 1, true)]
    [InlineData(2, 4, 1, false)]
    [InlineData(5, 9, 2, true)]
    [InlineData(5, 9, 2, false)]
    [InlineData(16, 64, 2, false)]
    [InlineData(32, 128, 2, false)]
    [InlineData(1, 3, 2, false)]
    [InlineData(1, 1, 2, true)]
    [InlineData(6, 10, 0, true)]
    public void On_the_state_vector_law_and_memory_are_those_of_the_step(int members, int candidates, int qubits, bool unitary)
    {
        var council = MemoryCouncil.Random(31, members, candidates, qubits, 1, complex: true, unitary, candidatePhases: members is 5 or 6);
        var memory = new CouncilMemory(qubits, 0);
        _step.Prepare(council.Terms, memory);
        var circuit = _step.ToCircuit();
        var state = new StateVector(circuit.Qubits);
        foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary)) state.Apply(operation);

        var law = new double[candidates];
        var kept = CouncilLaw.Write(council.Terms, memory, law);
        var notes = Math.Max(1, _step.NoteQubits);
        var after = new Dictionary<int, Complex[]>();
        for (var x = 0; x < candidates; x++)
        {
            var left = new Complex[council.Levels];
            for (var i = 0; i < left.Length; i++) left[i] = new Complex(state.Real[(i << notes) | x], state.Imaginary[(i << notes) | x]);
            var weight = left.Sum(SquareOf);
            Assert.Equal(law[x] * kept, weight, 1e-12);
            after[x] = [.. left.Select(z => z / Math.Sqrt(weight))];
        }

        // The step's own post-selection, from the same start; the first shot that is kept at once.
        var (random, found) = (new Xoshiro(1), new Complex[council.Levels]);
        for (var t = 0; t < 40; t++)
        {
            memory.Restart();
            var shot = _step.Play(council.Terms, memory, random);
            Assert.True(memory.WriteRegister(found));
            Assert.Equal(1, Complex.Abs(found.Zip(after[shot.Symbol], (a, b) => Complex.Conjugate(a) * b).Aggregate(Complex.Add)), 1e-10);
        }
    }

    [Fact]
    public void With_dephasing_its_exact_law_averaged_over_the_eigenvectors_is_the_closed_form() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 2], Gen.Int[0, 4]).Sample(
            (seed, members, candidates, qubits, quarters) =>
            {
                var council = MemoryCouncil.Random(seed, members, candidates, qubits, quarters / 4.0, complex: (seed & 1) != 0, unitary: (seed & 2) != 0);
                var memory = new CouncilMemory(qubits, .2);
                if (CouncilLaw.Write(council.Terms, memory, new double[candidates]) < 1e-6) return;
                memory.Hear(council.Terms, 0);
                var law = new double[candidates];
                var kept = CouncilLaw.Write(council.Terms, memory, law);
                var step = new CouncilStep(members, candidates, qubits);
                step.Prepare(council.Terms, memory);
                var found = new double[candidates];
                foreach (var (weight, start) in Eigenvectors(memory))
                {
                    var circuit = step.ToCircuit(start);
                    var (notes, read) = (Math.Max(1, step.NoteQubits), Math.Max(1, step.NoteQubits) + step.AncillaQubits + step.SelectorQubits);
                    foreach (var (bits, p) in DenseReference.Law(circuit))
                    {
                        var code = bits & ((1UL << read) - 1);
                        if (code >> notes == 0 && code < (ulong)candidates) found[code] += weight * p;
                    }
                }

                for (var x = 0; x < candidates; x++) Assert.Equal(law[x] * kept, found[x], 1e-9);
            },
            iter: 25);

    [Theory]
    [InlineData(1, true, 1.0)]
    [InlineData(1, false, .5)]
    [InlineData(2, true, .5)]
    [InlineData(2, false, 1.0)]
    public void Written_as_OpenQASM_and_read_back_it_has_the_same_law(int qubits, bool unitary, double coherence)
    {
        var council = MemoryCouncil.Random(9, 3, 3, qubits, coherence, complex: true, unitary);
        _step.Prepare(council.Terms, new CouncilMemory(qubits));
        var circuit = _step.ToCircuit();
        var law = DenseReference.Law(circuit);
        var lowered = Lowering.ToCxAndRotations(circuit);
        Assert.All(lowered.Operations.Where(o => o.Gate.IsUnitary), o => Assert.True(o.Qubits.Length == 1 || o.Gate.Name == "cx"));
        Matrices.AssertSameLaw(law, Followed(lowered), "lowered");
        Matrices.AssertSameLaw(law, Followed(OpenQasmReader.Read(OpenQasm.Write3(circuit))), "OpenQASM 3");
        Matrices.AssertSameLaw(law, Followed(OpenQasmReader.Read(OpenQasm.Write2(circuit))), "OpenQASM 2");
    }

    [Fact]
    public async Task Read_back_from_OpenQASM_its_shots_follow_the_closed_form()
    {
        var council = MemoryCouncil.Random(41, 4, 8, 2, .5, complex: true, unitary: false);
        var (memory, law) = (new CouncilMemory(2), new double[8]);
        CouncilLaw.Write(council.Terms, memory, law);
        _step.Prepare(council.Terms, memory);
        var circuit = OpenQasmReader.Read(OpenQasm.Write3(_step.ToCircuit()));
        var reply = Assert.IsType<Counts>(await new LocalBackend(new Xoshiro(9)).RunAsync(circuit, 6_000, TestContext.Current.CancellationToken));
        var counts = new int[8];
        foreach (var (bits, count) in reply.ByBits)
        {
            if ((bits >> 3 & 7) == 0) counts[bits & 7] += count;
        }

        ChiSquare.AssertFollows(law, counts);
    }

    [Fact]
    public void The_picture_of_a_small_council_looks_like_this()
    {
        var operators = new MemoryOperators(2, 1);
        operators.Set(1, [0.0, 1, 1, 0]);
        _step.Prepare(new CouncilTerms([.6, .8, .8, .6], [1, -1], 2, 2) { Operators = operators }, new CouncilMemory(1));
        const string Picture =
            """
            q0: -----------------------RY(1.8546;1.287)---------------------------M
            q1: -Ψ(0.7071;0;0.7071;0)----------------------------G(16)
            q2: -RY(π/2)---------------◆-----------------D(0;π)--◆------RY(-π/2)--M1
            """;
        Assert.Equal(Picture, CircuitPicture.Sketch(_step.ToCircuit()).TrimEnd());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Two_notes_in_one_circuit_with_the_memory_left_alone_have_the_law_of_the_phrase(int qubits, bool unitary)
    {
        var council = MemoryCouncil.Random(15, 3, 3, qubits, 1, complex: true, unitary);
        var memory = new CouncilMemory(qubits, 0);
        _step.Prepare(council.Terms, memory);
        var first = _step.ToCircuit();
        var (law, next, bits) = (new double[3], new double[3], first.Bits);
        var kept = CouncilLaw.Write(council.Terms, memory, law);
        var both = new CircuitBuilder(first.Qubits, 2 * bits).Append(first);
        foreach (var q in first.Operations.Where(o => o.Gate.Shape == GateShape.Measurement).Select(o => o.Qubits[0])) both.Reset(q);
        foreach (var operation in first.Operations.Where(o => o.Gate.Name != "prep"))
            both.Add(operation.Bit < 0 ? operation : new Operation(operation.Gate, operation.Qubits, bit: operation.Bit + bits));

        var exact = Followed(both.Build());
        for (var x = 0; x < 3; x++)
        {
            memory.Restart();
            memory.Hear(council.Terms, x);
            var keptNext = CouncilLaw.Write(council.Terms, memory, next);
            for (var y = 0; y < 3; y++) Assert.Equal(law[x] * kept * next[y] * keptNext, exact.GetValueOrDefault((ulong)(x | (y << bits))), 1e-10);
        }
    }

    [Fact]
    public void Its_exact_picture_read_back_has_the_same_law()
    {
        var council = MemoryCouncil.Random(9, 3, 3, 2, .5, complex: true, unitary: false);
        _step.Prepare(council.Terms, new CouncilMemory(2));
        var circuit = _step.ToCircuit();
        Matrices.AssertSameLaw(Followed(circuit), Followed(CircuitPictureReader.Read(CircuitPicture.Write(circuit))), "read back");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Awkward_memory_steps_are_written_exactly(int qubits)
    {
        // Permutations, projectors, nearly singular and nearly unitary steps: wherever an angle is free or a column has length 0.
        var random = new Xoshiro(17);
        var d = 1 << qubits;
        var one = Diagonal(d, _ => 1);
        var cycle = new Complex[d, d];
        for (var i = 0; i < d; i++) cycle[(i + 1) % d, i] = 1;
        var swap = new Complex[d, d];
        for (var i = 0; i < d; i++) swap[d - 1 - i, i] = i % 2 == 0 ? 1 : Complex.ImaginaryOne;
        (Complex[,] Left, double[] Shares, Complex[,] Right)[] steps =
        [
            (one, Ones(d), one), (cycle, Ones(d), one), (swap, Ones(d), cycle), (one, First(d), one), (cycle, First(d), swap),
            (MemoryCouncil.Unitary(random, d, true), First(d), MemoryCouncil.Unitary(random, d, true)),
            (MemoryCouncil.Unitary(random, d, true), [.. Enumerable.Range(0, d).Select(i => Math.Pow(1e-5, i))], MemoryCouncil.Unitary(random, d, true)),
            (MemoryCouncil.Unitary(random, d, true), [.. Enumerable.Range(0, d).Select(i => 1 - (i * 1e-9))], MemoryCouncil.Unitary(random, d, false)),
            (Nearly(d, 1e-9), Ones(d), one), (Nearly(d, 1e-8), First(d), Nearly(d, 1e-12)), (one, Ones(d), MemoryCouncil.Unitary(random, d, true)),
        ];
        foreach (var onlyUnitary in (bool[])[true, false])
        {
            var chosen = steps.Where(s => !onlyUnitary || s.Shares.All(x => x == 1)).ToArray();
            var council = MemoryCouncil.Random(3, chosen.Length, 4, qubits, 1, complex: true, unitary: true);
            for (var k = 0; k < chosen.Length; k++) council.Set(k, 1 + k, chosen[k].Left, chosen[k].Shares, chosen[k].Right);
            Assert.Equal(!onlyUnitary, council.Operators.NeedAncilla);
            var memory = new CouncilMemory(qubits, .1);
            memory.Hear(council.Terms, 1);
            var (law, found) = (new double[4], new double[4]);
            var kept = CouncilLaw.Write(council.Terms, memory, law);
            _step.Prepare(council.Terms, memory);
            foreach (var (weight, start) in Eigenvectors(memory))
            {
                var circuit = _step.ToCircuit(start);
                var state = new StateVector(circuit.Qubits);
                foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary)) state.Apply(operation);
                for (var x = 0; x < 4; x++)
                {
                    for (var i = 0; i < d; i++) found[x] += weight * SquareOf(new Complex(state.Real[(i << 2) | x], state.Imaginary[(i << 2) | x]));
                }
            }

            for (var x = 0; x < 4; x++) Assert.Equal(law[x] * kept, found[x], 1e-12);
        }
    }

    [Fact]
    public void Without_reading_the_selector_the_phase_makes_no_difference()
    {
        double[] roots = [Math.Sqrt(.5), Math.Sqrt(.3), Math.Sqrt(.2), 0, Math.Sqrt(.1), Math.Sqrt(.2), Math.Sqrt(.3), Math.Sqrt(.4)];
        double[] expected = [.3, .25, .25, .2];
        foreach (var phase in (double[])[0, .7, Math.PI / 2, 3])
        {
            _step.Prepare(new CouncilTerms(roots, [1, 1], 2, 4) { Phases = [0, phase] });
            var exact = DenseReference.Law(_step.ToCircuit());
            for (var x = 0UL; x < 4; x++) Assert.Equal(expected[x], exact.Where(e => (e.Key & 3) == x).Sum(e => e.Value), 1e-12);
        }
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused()
    {
        var council = MemoryCouncil.Random(9, 3, 3, 2, 1, complex: true, unitary: false);
        _step.Prepare(council.Terms, new CouncilMemory(2));
        Assert.Contains("4 are needed", Assert.Throws<ArgumentException>(() => _step.ToCircuit([1, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _step.ToCircuit([1, 1, 0, 0]));
    }

    // The exact law of a circuit whose measurements may lie anywhere: DenseReference is too slow for thousands of gates, so each path of measurements is followed on the state vector.
    private static SortedDictionary<ulong, double> Followed(Circuit circuit)
    {
        var law = new SortedDictionary<ulong, double>();
        Follow(circuit, 0, Start(circuit), 0, 1, law);
        return law;
    }

    private static StateVector Start(Circuit circuit) => new(circuit.Qubits);

    private static void Follow(Circuit circuit, int at, StateVector state, ulong bits, double weight, SortedDictionary<ulong, double> law)
    {
        for (; at < circuit.Operations.Length; at++)
        {
            var operation = circuit.Operations[at];
            if (!operation.Condition.Holds(bits)) continue;
            if (operation.Gate.Shape is not (GateShape.Measurement or GateShape.Reset))
            {
                state.Apply(operation);
                continue;
            }

            var one = state.ProbabilityOfOne(operation.Qubits[0]);
            foreach (var read in (bool[])[false, true])
            {
                var p = read ? one : 1 - one;
                if (p < 1e-13) continue;
                var branch = Start(circuit);
                branch.Load(Projected(state.Real, operation.Qubits[0], read, p), Projected(state.Imaginary, operation.Qubits[0], read, p));
                if (operation.Gate.Shape == GateShape.Reset && read) branch.Apply(new Operation(Gates.Named("x"), operation.Qubits));
                var next = operation.Gate.Shape == GateShape.Reset ? bits : read ? bits | (1UL << operation.Bit) : bits & ~(1UL << operation.Bit);
                Follow(circuit, at + 1, branch, next, weight * p, law);
            }

            return;
        }

        law[bits] = law.GetValueOrDefault(bits) + weight;
    }

    private static double[] Projected(ReadOnlySpan<double> part, int qubit, bool read, double p)
    {
        var projected = part.ToArray();
        for (var i = 0; i < projected.Length; i++) projected[i] *= (i >> qubit & 1) != 0 == read ? 1 / Math.Sqrt(p) : 0;
        return projected;
    }

    // By power iteration and deflation: another way than Jacobi's.
    private static List<(double Weight, Complex[] State)> Eigenvectors(CouncilMemory memory)
    {
        var (d, rho) = (memory.Levels, MemoryCouncil.Density(memory));
        var found = new List<(double, Complex[])>();
        var random = new Xoshiro(1);
        for (var n = 0; n < d; n++)
        {
            var v = Enumerable.Range(0, d).Select(_ => new Complex(random.NextDouble(), random.NextDouble())).ToArray();
            double value = 0;
            for (var i = 0; i < 20_000; i++)
            {
                var next = new Complex[d];
                for (var e = 0; e < d * d; e++) next[e / d] += rho[e / d, e % d] * v[e % d];
                value = Math.Sqrt(next.Sum(SquareOf));
                if (value < 1e-15) break;
                v = [.. next.Select(z => z / value)];
            }

            if (value < 1e-13) break;
            found.Add((value, v));
            for (var e = 0; e < d * d; e++) rho[e / d, e % d] -= value * v[e / d] * Complex.Conjugate(v[e % d]);
        }

        return found;
    }

    private static double SquareOf(Complex z) => (z.Real * z.Real) + (z.Imaginary * z.Imaginary);

    private static double[] Ones(int d) => [.. Enumerable.Repeat(1.0, d)];

    private static double[] First(int d) => [1, .. new double[d - 1]];

    private static Complex[,] Diagonal(int d, Func<int, Complex> entry)
    {
        var m = new Complex[d, d];
        for (var i = 0; i < d; i++) m[i, i] = entry(i);
        return m;
    }

    // A turn by a tiny angle in the plane of the first and the last level.
    private static Complex[,] Nearly(int d, double angle)
    {
        var m = Diagonal(d, _ => 1);
        (m[0, 0], m[d - 1, d - 1], m[0, d - 1], m[d - 1, 0]) = (Math.Cos(angle), Math.Cos(angle), -Math.Sin(angle), Math.Sin(angle));
        return m;
    }
}
