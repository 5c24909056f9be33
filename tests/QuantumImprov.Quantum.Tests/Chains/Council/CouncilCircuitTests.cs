using CsCheck;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Chains.Council;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Chains.Council;

/// <summary>The circuit that a council writes down, run by parts that know nothing of councils.</summary>
public sealed class CouncilCircuitTests
{
    private static Circuit Prepared(CouncilInputs c)
    {
        var step = new CouncilStep(c.Members, c.Candidates);
        step.Prepare(c.Amplitudes, c.Weights, c.Members, c.Candidates, c.Coherence);
        return step.ToCircuit();
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(5, 9)]
    [InlineData(16, 64)]
    [InlineData(3, 1)]
    [InlineData(1, 7)]
    [InlineData(32, 128)]
    public void On_the_state_vector_it_has_the_law_of_the_closed_form(int members, int candidates)
    {
        var c = CouncilInputs.Random(31, members, candidates, 1);
        var circuit = Prepared(c);
        var state = new StateVector(circuit.Qubits);
        foreach (var operation in circuit.Operations.Where(o => o.Gate.IsUnitary)) state.Apply(operation);
        var law = new double[candidates];
        var kept = CouncilLaw.Write(c.Amplitudes, c.Weights, members, candidates, 1, law);
        for (var x = 0; x < candidates; x++)
            Assert.Equal(law[x] * kept, (state.Real[x] * state.Real[x]) + (state.Imaginary[x] * state.Imaginary[x]), 1e-12);
    }

    [Fact]
    public void With_dephasing_its_exact_law_is_that_of_the_closed_form() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 5], Gen.Int[1, 6], Gen.Int[0, 10]).Sample(
            (seed, members, candidates, tenths) =>
            {
                var coherence = tenths / 10.0;
                var c = CouncilInputs.Random(seed, members, candidates, coherence);
                var step = new CouncilStep(members, candidates);
                step.Prepare(c.Amplitudes, c.Weights, members, candidates, coherence);
                var circuit = step.ToCircuit();
                var read = Math.Max(1, step.NoteQubits) + step.SelectorQubits;
                var law = new double[candidates];
                var kept = CouncilLaw.Write(c.Amplitudes, c.Weights, members, candidates, coherence, law);
                if (kept == 0) return;
                var exact = DenseReference.Law(circuit);
                for (var x = 0; x < candidates; x++)
                {
                    var found = exact.Where(e => (e.Key & ((1UL << read) - 1)) == (ulong)x).Sum(e => e.Value);
                    Assert.Equal(law[x] * kept, found, 1e-10);
                }
            },
            iter: 40);

    [Fact]
    public async Task Taken_apart_into_cx_and_rotations_it_gives_the_same_samples_in_law()
    {
        var c = CouncilInputs.Random(41, 4, 8, .5);
        var lowered = Lowering.ToCxAndRotations(Prepared(c));
        var law = new double[8];
        CouncilLaw.Write(c.Amplitudes, c.Weights, 4, 8, .5, law);
        var reply = Assert.IsType<Counts>(await new LocalBackend(new Xoshiro(9)).RunAsync(lowered, 20_000, TestContext.Current.CancellationToken));
        var counts = new int[8];
        foreach (var (bits, count) in reply.ByBits)
        {
            if ((bits >> 3 & 3) == 0) counts[bits & 7] += count;
        }

        ChiSquare.AssertFollows(law, counts);
    }

    [Fact]
    public void Without_reading_the_selector_the_sign_makes_no_difference()
    {
        double[] amplitudes = [Math.Sqrt(.5), Math.Sqrt(.3), Math.Sqrt(.2), 0, Math.Sqrt(.1), Math.Sqrt(.2), Math.Sqrt(.3), Math.Sqrt(.4)];
        double[] expected = [.3, .25, .25, .2];
        foreach (var sign in (double[])[1, -1])
        {
            var exact = DenseReference.Law(Prepared(new CouncilInputs(2, 4, amplitudes, [1, sign], 1)));
            for (var x = 0UL; x < 4; x++) Assert.Equal(expected[x], exact.Where(e => (e.Key & 3) == x).Sum(e => e.Value), 1e-12);
        }
    }
}
