using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Circuits.Transpiling;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using QuantumImprov.Quantum.Tests.Noise;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Circuits.Transpiling;

public sealed class TranspilerTests
{
    private static readonly Dictionary<string, Func<int, Target>> Targets = new()
    {
        ["cz line"] = Target.CzLine,
        ["ecr line"] = Target.EcrLine,
        ["prx"] = Target.Prx,
        ["ions"] = Target.IonTrap,
        ["prx star, larger"] = n => new Target(NativeGates.PrxCz, n + 1, [.. Enumerable.Range(1, n).Select(q => new Coupling(0, q))]),
        ["ecr ring, both ways, larger"] = n => new Target(NativeGates.EcrRzSxX, n + 2, [.. Enumerable.Range(0, n + 2).SelectMany(q => (Coupling[])[new(q, (q + 1) % (n + 2)), new((q + 1) % (n + 2), q)])]),
        ["ion line"] = n => new Target(NativeGates.GpiGpi2Ms, n, [.. Enumerable.Range(0, n - 1).Select(q => new Coupling(q + 1, q))]),
    };

    public static TheoryData<string> TargetNames => [.. Targets.Keys];

    public static TheoryData<string> UnitaryGates => [.. Gates.All.Where(g => g.IsUnitary).Select(g => g.Name)];

    [Theory]
    [MemberData(nameof(UnitaryGates))]
    public void Every_gate_of_the_table_is_itself_on_every_target(string name)
    {
        var random = new Xoshiro(31);
        foreach (var target in Targets.Values)
        {
            for (var i = 0; i < 4; i++)
            {
                var circuit = new CircuitBuilder(3).Add(RandomCircuits.Operation(Gates.Named(name), 3, random)).Build();
                AssertSame(circuit, target(3));
            }
        }
    }

    [Theory]
    [MemberData(nameof(TargetNames))]
    public void Random_circuits_are_the_same_but_for_a_global_phase_and_the_places_of_the_qubits(string target) =>
        Gen.Select(Gen.ULong, Gen.Int[2, 4], Gen.Int[1, 6]).Sample(
            (seed, qubits, operations) => AssertSame(RandomCircuits.Of(seed, qubits, operations), Targets[target](qubits)), iter: 60, threads: 2);

    [Theory]
    [MemberData(nameof(TargetNames))]
    public void Measured_reset_and_conditioned_circuits_keep_their_law(string target) =>
        Gen.Select(Gen.ULong, Gen.Int[2, 3], Gen.Int[4, 14]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations, chance: true);
                var transpiled = Transpiler.Transpile(circuit, Targets[target](qubits));
                AssertNative(transpiled.Circuit, Targets[target](qubits));
                Matrices.AssertSameLaw(DenseReference.Law(circuit), DenseReference.Law(transpiled.Circuit), $"{circuit}\n{transpiled.Circuit}");
            },
            iter: 100, threads: 2);

    [Fact]
    public void Readings_follow_their_qubits_through_every_exchange()
    {
        // A long way on a line: the outer two are entangled, the middle is set, and all are read.
        var circuit = new CircuitBuilder(5, 5).H(0).CX(0, 4).X(2).CX(4, 1).MeasureAll().Build();
        var transpiled = Transpiler.Transpile(circuit, Target.CzLine(5));
        Assert.Equal(DenseReference.Law(circuit).Keys, DenseReference.Law(transpiled.Circuit).Where(p => p.Value > 1e-12).Select(p => p.Key));
        Assert.True(transpiled.Swaps <= 2);
    }

    [Theory]
    [InlineData("h q[0]; h q[0];", 0, 0)]
    [InlineData("cx q[0], q[1]; cx q[0], q[1];", 0, 0)]
    [InlineData("cx q[0], q[1]; rz(.3) q[0]; cx q[0], q[1];", 1, 0)]
    [InlineData("cz q[0], q[1]; t q[0]; s q[1]; cz q[1], q[0];", 2, 0)]
    [InlineData("h q[1]; cx q[0], q[1]; cx q[1], q[0]; cx q[1], q[0]; cx q[0], q[1]; h q[1];", 0, 0)]
    [InlineData("swap q[0], q[1];", 0, 0)]
    [InlineData("rx(.2) q[0]; ry(.3) q[0]; rx(.4) q[0];", 5, 0)]
    [InlineData("h q[0];", 3, 0)]
    [InlineData("cz q[0], q[1];", 1, 1)]
    [InlineData("cp(.3) q[0], q[1];", -1, 2)]
    public void What_cancels_is_cancelled_and_neighbours_become_one(string program, int operations, int pairs)
    {
        var cost = Transpiler.Transpile(OpenQasmReader.Read("OPENQASM 3; qubit[2] q; " + program), Target.CzLine(2)).Cost;
        Assert.Equal(pairs, cost.TwoQubitGates);
        if (operations >= 0) Assert.Equal(operations, cost.Operations);
    }

    [Fact]
    public void Turns_under_one_condition_become_one_unless_its_bit_is_read_again_in_between()
    {
        const string Start = "OPENQASM 3; qubit[2] q; bit[2] c; h q[0]; c[0] = measure q[0]; if (c[0]) { h q[1]; } ";
        AssertTurns(Start + "if (c[0]) { h q[1]; } c[1] = measure q[1];", 0);
        AssertTurns(Start + "if (c[0]) { rx(.3) q[1]; } c[1] = measure q[1];", 1);
        AssertTurns(Start + "h q[0]; c[0] = measure q[0]; if (c[0]) { h q[1]; } c[1] = measure q[1];", 2);

        static void AssertTurns(string program, int count)
        {
            var circuit = OpenQasmReader.Read(program);
            var written = Transpiler.Transpile(circuit, Target.CzLine(2)).Circuit;
            Matrices.AssertSameLaw(DenseReference.Law(circuit), DenseReference.Law(written), written.ToString());
            Assert.Equal(count, written.Operations.Count(o => o.Gate.Name == "sx" && !o.Condition.Always));
        }
    }

    [Theory]
    [InlineData("prx", 1, 1)]
    [InlineData("ions", 1, 2)]
    public void Turns_about_z_cost_nothing_where_there_is_a_frame(string target, int pairs, int pulses)
    {
        // All turns before a reading: one pulse a qubit (two for ions) and the pair; those about z vanish.
        var circuit = new CircuitBuilder(2, 2).RZ(.3, 0).RY(.2, 0).RZ(.7, 0).RY(.4, 1).Gate("cz", 0, 1).RZ(.1, 0).Gate("t", 1).MeasureAll().Build();
        var cost = Transpiler.Transpile(circuit, Targets[target](2)).Circuit;
        Assert.Equal(pairs, cost.Operations.Count(o => o.Gate.IsUnitary && o.Qubits.Length == 2));
        if (target == "prx") Assert.Equal(2 * pulses, cost.Operations.Count(o => o.Gate.IsUnitary && o.Qubits.Length == 1));
        Matrices.AssertSameLaw(DenseReference.Law(circuit), DenseReference.Law(cost), cost.ToString());
    }

    [Fact]
    public void Two_qubits_alone_do_with_three_pairs_at_most_whatever_happens_to_them() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 20]).Sample(
            (seed, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, 2, operations);
                foreach (var target in (Target[])[Target.CzLine(2), Target.EcrLine(2), Target.Prx(2)])
                {
                    AssertSame(circuit, target);
                    if (circuit.Operations.All(o => o.Gate.IsUnitary)) Assert.InRange(Transpiler.Transpile(circuit, target).Cost.TwoQubitGates, 0, 3);
                }
            },
            iter: 300, threads: 2);

    // What is known about the fewest CX of a pair: one for CX and its like, two for every controlled turn and for the product of two axes, three for a general unitary.
    [Theory]
    [InlineData("cx q[0], q[1];", 1)]
    [InlineData("cy q[1], q[0];", 1)]
    [InlineData("cx q[0], q[1]; cx q[1], q[0];", 2)]
    [InlineData("cx q[0], q[1]; rz(.2) q[1]; cx q[0], q[1]; rxx(.3) q[0], q[1];", 2)]
    [InlineData("rxx(.3) q[0], q[1]; ryy(.4) q[0], q[1];", 2)]
    [InlineData("ryy(.3) q[0], q[1]; rzz(.4) q[0], q[1];", 2)]
    [InlineData("ryy(.3) q[0], q[1]; ryy(.4) q[0], q[1];", 2)]
    [InlineData("ryy(.3) q[0], q[1]; ryy(pi/2 - .3) q[0], q[1];", 1)]
    [InlineData("rxx(.3) q[0], q[1]; rxx(pi - .3) q[0], q[1];", 0)]
    [InlineData("rxx(.3) q[0], q[1]; ryy(.4) q[0], q[1]; rzz(.5) q[0], q[1];", 3)]
    [InlineData("crx(.3) q[0], q[1]; h q[0]; crx(.4) q[1], q[0]; cry(.5) q[0], q[1]; cu3(1, 2, 3) q[1], q[0];", 3)]
    public void A_pair_takes_as_few_gates_as_is_known_to_be_enough(string program, int pairs)
    {
        var circuit = OpenQasmReader.Read("OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; " + program);
        AssertSame(circuit, Target.CzLine(2));
        Assert.Equal(pairs, Transpiler.Transpile(circuit, Target.CzLine(2)).Cost.TwoQubitGates);
    }

    [Fact]
    public void Where_all_are_coupled_no_pair_is_added() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 5], Gen.Int[1, 12]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations);
                var lowered = CircuitCost.Of(Lowering.ToCxAndRotations(circuit)).TwoQubitGates;
                Assert.InRange(Transpiler.Transpile(circuit, Target.Prx(qubits)).Cost.TwoQubitGates, 0, lowered);
                Assert.InRange(Transpiler.Transpile(circuit, Target.IonTrap(qubits)).Cost.TwoQubitGates, 0, lowered);
            },
            iter: 100);

    [Fact]
    public void What_does_not_fit_is_refused_in_a_sentence()
    {
        Assert.Contains("has 3 qubits; the target has 2", Assert.Throws<ArgumentException>(() => Transpiler.Transpile(new CircuitBuilder(3).Build(), Target.CzLine(2))).Message);
        Assert.Contains("Qubit 2 cannot be reached", Assert.Throws<ArgumentException>(() => new Target(NativeGates.PrxCz, 3, new Coupling(0, 1))).Message);
        Assert.Contains("two different ones of 0 to 2", Assert.Throws<ArgumentException>(() => new Target(NativeGates.PrxCz, 3, new Coupling(1, 1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Target.CzLine(0));
    }

    // One random state decides: only the vectors of measure zero that are eigenvectors of the difference could hide one that is more than a phase. The slow twin has the original, the fast simulator the far
    // longer rewriting.
    private static void AssertSame(Circuit circuit, Target target)
    {
        var transpiled = Transpiler.Transpile(circuit, target);
        AssertNative(transpiled.Circuit, target);
        var state = RandomStates.Amplitudes(97, circuit.Qubits);
        var placed = Placed(state, transpiled.Start, target.Qubits);
        var vector = new StateVector(target.Qubits);
        vector.Load([.. placed.Select(z => z.Real)], [.. placed.Select(z => z.Imaginary)]);
        foreach (var operation in transpiled.Circuit.Operations) vector.Apply(operation);
        foreach (var operation in circuit.Operations) state = DenseReference.Apply(operation, state);
        var expected = Placed(state, transpiled.End, target.Qubits);
        Complex overlap = 0;
        for (var i = 0; i < expected.Length; i++) overlap += Complex.Conjugate(expected[i]) * new Complex(vector.Real[i], vector.Imaginary[i]);
        for (var i = 0; i < expected.Length; i++)
        {
            var found = new Complex(vector.Real[i], vector.Imaginary[i]);
            Assert.True(Complex.Abs((overlap / Complex.Abs(overlap) * expected[i]) - found) < Matrices.Tolerance, $"code {i}\n{circuit}\n{transpiled.Circuit}");
        }
    }

    private static Complex[] Placed(Complex[] state, ImmutableArray<int> places, int qubits)
    {
        var placed = new Complex[1 << qubits];
        for (var code = 0; code < state.Length; code++) placed[Place(code, places)] = state[code];
        return placed;
    }

    private static int Place(int code, ImmutableArray<int> places) => Enumerable.Range(0, places.Length).Sum(q => (code >> q & 1) << places[q]);

    private static void AssertNative(Circuit circuit, Target target)
    {
        foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary))
        {
            Assert.Contains(operation.Gate.Name, target.GateNames);
            if (operation.Qubits.Length < 2 || target.Couplings.IsEmpty) continue;
            var (a, b) = (operation.Qubits[0], operation.Qubits[1]);
            Assert.True(target.Couplings.Contains(new Coupling(a, b)) || (operation.Gate.Name != "ecr" && target.Couplings.Contains(new Coupling(b, a))), $"{operation} is not coupled");
        }
    }
}
