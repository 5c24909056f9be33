using System.Numerics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Circuits;

public sealed class GateTableTests
{
    public static TheoryData<string> Unitaries => [.. Gates.All.Where(g => g.IsUnitary).Select(g => g.Name)];

    [Fact]
    public void The_table_holds_the_promised_gates()
    {
        string[] promised =
        [
            "id", "x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "rx", "ry", "rz", "p", "u", "cx", "cy", "cz", "ch", "cp", "crx", "cry", "crz", "swap", "cswap", "ccx", "mcx", "mcp",
            "prx", "gpi", "gpi2", "ecr", "ms", "muxry", "muxrz", "mux", "diag", "unitary", "prep", "measure", "reset", "barrier",
        ];
        Assert.Empty(promised.Except(Gates.All.Select(g => g.Name)));
    }

    [Fact]
    public void Every_gate_says_what_it_does_in_one_sentence()
    {
        foreach (var gate in Gates.All)
        {
            Assert.EndsWith(".", gate.Help);
            Assert.Equal(1, gate.Help.Count(c => c == '.'));
            Assert.InRange(gate.Help.Length, 15, 120);
        }
    }

    [Fact]
    public void Names_are_unique_and_so_are_symbols_of_the_same_form()
    {
        Assert.Equal(Gates.All.Length, Gates.All.Select(g => g.Name).Distinct().Count());
        var forms = Gates.All.Where(g => g.Name is not ("ccx" or "cx" or "cp")).Select(g => (g.Symbol, g.Shape, g.Controls)).ToList();
        Assert.Equal(forms.Count, forms.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Unitaries))]
    public void Every_gate_is_unitary_and_its_inverse_undoes_it(string name)
    {
        var random = new Xoshiro(17);
        for (var i = 0; i < 20; i++)
        {
            var operation = RandomCircuits.Operation(Gates.Named(name), 4, random);
            Matrices.AssertIdentity(Matrices.Times(Matrices.Adjoint(operation.Matrix()), operation.Matrix()), $"{name} is not unitary");
            Matrices.AssertIdentity(Matrices.Times(operation.Inverse().Matrix(), operation.Matrix()), $"{name} and its inverse");
        }
    }

    [Theory]
    [MemberData(nameof(Unitaries))]
    public void Every_kernel_acts_like_its_matrix_at_random_places(string name)
    {
        var random = new Xoshiro(23);
        for (var i = 0; i < 60; i++)
        {
            var gate = Gates.Named(name);
            var qubits = gate.LeastQubits + random.NextInt(7 - gate.LeastQubits);
            var operation = RandomCircuits.Operation(gate, qubits, random);
            var before = Enumerable.Range(0, 1 << qubits).Select(_ => new Complex(random.NextDouble() - .5, random.NextDouble() - .5)).ToArray();
            var state = new StateVector(qubits);
            state.Load([.. before.Select(z => z.Real)], [.. before.Select(z => z.Imaginary)]);
            state.Apply(operation);
            var expected = DenseReference.Apply(operation, before);
            for (var code = 0; code < expected.Length; code++)
            {
                var found = new Complex(state.Real[code], state.Imaginary[code]);
                Assert.True(Complex.Abs(found - expected[code]) < 1e-12, $"{operation} on {qubits} qubits, code {code}: {expected[code]} expected, {found} found");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Unitaries))]
    public void Taken_apart_every_gate_is_the_same_up_to_a_global_phase(string name)
    {
        var random = new Xoshiro(29);
        for (var i = 0; i < 12; i++)
        {
            var circuit = new CircuitBuilder(4).Add(RandomCircuits.Operation(Gates.Named(name), 4, random)).Build();
            var lowered = Lowering.ToCxAndRotations(circuit);
            Assert.All(lowered.Operations, o => Assert.True(o.Qubits.Length == 1 || o.Gate.Name == "cx"));
            Matrices.AssertEqualUpToPhase(circuit, lowered);
        }
    }

    [Fact]
    public void Controlled_not_reads_its_control_first()
    {
        var state = new StateVector(2);
        state.Apply(new Operation(Gates.Named("x"), [1]));
        state.Apply(new Operation(Gates.Named("cx"), [1, 0]));
        Assert.Equal(1, state.Real[3]);
    }

    [Theory]
    [InlineData("'cx' acts on 2 qubits but got 1", "cx", new[] { 0 })]
    [InlineData("'cx' got qubit 1 twice", "cx", new[] { 1, 1 })]
    [InlineData("'x' got qubit -1", "x", new[] { -1 })]
    public void An_impossible_operation_is_refused_in_a_sentence(string sentence, string gate, int[] qubits) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => new Operation(Gates.Named(gate), [.. qubits])).Message);

    [Fact]
    public void What_is_not_unitary_or_not_normalised_is_refused()
    {
        Assert.Contains("not unitary", Assert.Throws<ArgumentException>(() => new CircuitBuilder(1).Unitary(new Complex[,] { { 1, 1 }, { 0, 1 } }, 0)).Message);
        Assert.Contains("squared length", Assert.Throws<ArgumentException>(() => new CircuitBuilder(1).Prepare([1, 1], 0)).Message);
        Assert.Contains("uses qubit 5 but the circuit has 4 qubits (0..3)", Assert.Throws<ArgumentException>(() => new CircuitBuilder(4).H(5).Build()).Message);
        Assert.Contains("uses bit 1 but", Assert.Throws<ArgumentException>(() => new CircuitBuilder(4, 1).Measure(0, 1).Build()).Message);
        Assert.Throws<ArgumentException>(() => new CircuitBuilder(1).RY(double.NaN, 0));
        Assert.Contains("There is no gate 'q'", Assert.Throws<ArgumentException>(() => Gates.Named("q")).Message);
    }
}
