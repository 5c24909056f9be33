using CsCheck;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.States;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Circuits;

public sealed class CircuitPictureTests
{
    [Fact]
    public void A_bell_pair_looks_like_this() =>
        Assert.Equal(
            """
            q0: -H--●-----M
            q1: ----X--H--M

            """,
            new CircuitBuilder(2, 2).H(0).CX(0, 1).H(1).MeasureAll().Build().ToString());

    [Fact]
    public void Everything_there_is_to_draw()
    {
        var circuit = new CircuitBuilder(3, 3)
            .MultiplexedRY([Math.PI / 2, -.25], 0, 2).Barrier().Measure(1, 2).If(2).X(0).If(2, false).Measure(0, 0).Reset(1).Gate("cswap", 1, 0, 2).Gate("s", 1).Gate("sxdg", 2).Build();
        Assert.Equal(
            """
            q0: -RY(π/2;-0.25)--|------X?c2--M?!c2--x
            q1: ----------------|--M2--0------------●--S
            q2: -◆--------------|-------------------x--√X†

            """,
            CircuitPicture.Write(circuit));
        Assert.Equal(CircuitPicture.Write(circuit), CircuitPicture.Write(CircuitPictureReader.Read(CircuitPicture.Write(circuit))));
    }

    [Fact]
    public void A_picture_drawn_by_hand_is_read()
    {
        var circuit = CircuitPictureReader.Read(
            """
            q0: -H--●------M
            q1: ----X--H---M      → 00:¼ 01:¼ 10:¼ 11:¼
            """);
        var law = DenseReference.Law(circuit);
        Assert.Equal(4, law.Count);
        Assert.All(law.Values, p => Assert.Equal(.25, p, 1e-12));
    }

    [Fact]
    public void What_is_drawn_reads_back_as_the_same_circuit() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 5], Gen.Int[1, 15]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations);
                var picture = CircuitPicture.Write(circuit);
                var read = CircuitPictureReader.Read(picture);
                Matrices.AssertEqualUpToPhase(circuit, read);
                Assert.Equal(picture, CircuitPicture.Write(read));
            },
            iter: 200);

    [Fact]
    public void Measurements_and_conditions_keep_their_order_in_a_picture() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 3], Gen.Int[4, 14]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations, chance: true);
                var read = CircuitPictureReader.Read(CircuitPicture.Write(circuit));
                Assert.Equal(circuit.Bits, read.Bits);
                Matrices.AssertSameLaw(DenseReference.Law(circuit), DenseReference.Law(read), circuit.ToString());
            },
            iter: 200);

    [Theory]
    [InlineData("q0: -H--Q", "line 1, column 9: found 'Q' on 1 qubit with 0 controls")]
    [InlineData("q1: -H", "line 1, column 1: found q1; the next wire is q0")]
    [InlineData("H -- X", "line 1, column 1: found 'H -- X'; a line begins with")]
    [InlineData("q0: -RY(a)", "line 1, column 6: found the parameter 'a'")]
    [InlineData("q0: -RY(1", "line 1, column 6: a bracket is not closed")]
    [InlineData("q0: -RY", "line 1, column 6: 'ry' on 1 qubits takes 1 parameters but got 0")]
    [InlineData("q0: -●\nq1: -X\nq2: -H", "found 2 symbols beside the marks")]
    [InlineData("q0: -X?z", "found the condition 'z'")]
    [InlineData("", "found no wire")]
    public void A_fault_is_named_with_its_place(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<CircuitTextException>(() => CircuitPictureReader.Read(text)).Message);
}
