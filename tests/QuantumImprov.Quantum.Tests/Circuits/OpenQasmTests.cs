using CsCheck;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Quantum.States;
using Xunit;

namespace QuantumImprov.Quantum.Tests.Circuits;

public sealed class OpenQasmTests
{
    private const string Teleport =
        """
        OPENQASM 3.0;
        include "stdgates.inc";
        qubit[3] q;
        bit[3] c;
        ry(1.1) q[0];
        h q[1];
        cx q[1], q[2];
        cx q[0], q[1];
        h q[0];
        c[0] = measure q[0];
        c[1] = measure q[1];
        if (c[1]) { x q[2]; }
        if (c[0]) { z q[2]; }
        ry(-1.1) q[2];
        c[2] = measure q[2];

        """;

    [Fact]
    public void The_text_of_a_circuit_looks_like_this()
    {
        var circuit = new CircuitBuilder(3, 3).RY(1.1, 0).H(1).CX(1, 2).CX(0, 1).H(0).Measure(0, 0).Measure(1, 1).If(1).X(2).If(0).Z(2).RY(-1.1, 2).Measure(2, 2).Build();
        Assert.Equal(Teleport, OpenQasm.Write3(circuit));
        Assert.Equal(circuit, OpenQasmReader.Read(Teleport));
        Assert.Contains("creg c1[1];\ncreg c2[1];", OpenQasm.Write2(circuit));
        Assert.Contains("if(c1==1) x q[2];", OpenQasm.Write2(circuit));
        Assert.All(DenseReference.Law(OpenQasmReader.Read(OpenQasm.Write2(circuit))).Keys, bits => Assert.Equal(0UL, bits >> 2));
    }

    [Fact]
    public void Both_dialects_read_back_as_the_same_circuit_up_to_a_global_phase() =>
        Gen.Select(Gen.ULong, Gen.Int[1, 4], Gen.Int[1, 8]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations);
                Matrices.AssertEqualUpToPhase(circuit, OpenQasmReader.Read(OpenQasm.Write3(circuit)));
                Matrices.AssertEqualUpToPhase(circuit, OpenQasmReader.Read(OpenQasm.Write2(circuit)));
            },
            iter: 150);

    [Fact]
    public void A_devices_own_gates_are_defined_and_read_back_as_themselves()
    {
        var circuit = new CircuitBuilder(2).Gate("prx", [.3, -.4], [1]).Gate("gpi", [.7], [0]).Gate("gpi2", [.5], [0]).Gate("ecr", 1, 0).Gate("ms", [.1, .2, Math.PI / 2], [0, 1]).Build();
        foreach (var text in (string[])[OpenQasm.Write3(circuit), OpenQasm.Write2(circuit)])
        {
            Assert.Contains("\ngate ecr c, t { h t; cx c, t;", text);
            Assert.Equal(circuit, OpenQasmReader.Read(text));
            Matrices.AssertEqualUpToPhase(circuit, OpenQasmReader.Read(text.Replace("gate ", "gate my_", StringComparison.Ordinal).Replace("\nprx", "\nmy_prx").Replace("\ngpi", "\nmy_gpi").Replace("\necr", "\nmy_ecr").Replace("\nms", "\nmy_ms")));
        }

        Assert.DoesNotContain("gate ms", OpenQasm.Write3(new CircuitBuilder(2).Gate("ecr", 0, 1).Build()));
        Assert.Equal("ecr", OpenQasmReader.Read("qubit[2] q; ecr q[0], q[1];").Operations[0].Gate.Name);
        Assert.Equal("x", OpenQasmReader.Read("gate ecr c, t { x t; } qubit[2] q; ecr q[0], q[1];").Operations[0].Gate.Name);
    }

    [Theory]
    [InlineData("rz(-pi/2) q[0]; sxdg q[1]; ecr q[0], q[1]; x q[0];", "cx q[0], q[1];")]
    [InlineData("gpi2(.3) q[0]; gpi(.2) q[1];", "prx(pi/2, .3) q[0]; prx(pi, .2) q[1];")]
    [InlineData("ms(0, 0, .7) q[0], q[1];", "rxx(.7) q[0], q[1];")]
    [InlineData("ms(pi/2, pi/2, .7) q[0], q[1];", "ryy(.7) q[0], q[1];")]
    [InlineData("ms(pi/2, 0, .7) q[0], q[1];", "s q[1]; ryy(.7) q[0], q[1]; sdg q[1];")]
    [InlineData("prx(.7, pi/2) q[0];", "ry(.7) q[0];")]
    public void The_gates_of_devices_are_what_their_vendors_say(string one, string other) =>
        Matrices.AssertEqualUpToPhase(OpenQasmReader.Read("OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; gate sxdg q { inv @ sx q; } " + one), OpenQasmReader.Read("OPENQASM 3; qubit[2] q; gate sxdg q { inv @ sx q; } " + other));

    [Fact]
    public void Measurements_and_conditions_survive_both_dialects() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 3], Gen.Int[4, 12]).Sample(
            (seed, qubits, operations) =>
            {
                var circuit = RandomCircuits.Of(seed, qubits, operations, chance: true);
                var law = DenseReference.Law(circuit);
                Matrices.AssertSameLaw(law, DenseReference.Law(OpenQasmReader.Read(OpenQasm.Write3(circuit))), OpenQasm.Write3(circuit));
                Matrices.AssertSameLaw(law, DenseReference.Law(OpenQasmReader.Read(OpenQasm.Write2(circuit))), OpenQasm.Write2(circuit));
            },
            iter: 150);

    [Theory]
    [InlineData("ctrl @ x q[0], q[1];", "cx q[0], q[1];")]
    [InlineData("ctrl(2) @ x q[0], q[1], q[2];", "ccx q[0], q[1], q[2];")]
    [InlineData("negctrl @ x q[0], q[1];", "x q[0]; cx q[0], q[1]; x q[0];")]
    [InlineData("ctrl @ U(.3, .4, .5) q[0], q[1];", "p(.15) q[0]; cu(.3, .4, .5, 0) q[0], q[1];")]
    [InlineData("ctrl @ sx q[1], q[0];", "csx q[1], q[0];")]
    [InlineData("inv @ s q[0];", "sdg q[0];")]
    [InlineData("pow(3) @ t q[0];", "t q[0]; s q[0];")]
    [InlineData("pow(-2) @ t q[0];", "sdg q[0];")]
    [InlineData("inv @ ctrl @ rz(pi/3) q[0], q[1];", "crz(-pi/3) q[0], q[1];")]
    [InlineData("ctrl @ rz(pi/3) q[0], q[1];", "rz(pi/6) q[1]; cx q[0], q[1]; rz(-pi/6) q[1]; cx q[0], q[1];")]
    [InlineData("gate g(a) u, v { ry(a) u; cx u, v; } ctrl @ g(.7) q[0], q[2], q[1];", "cry(.7) q[0], q[2]; ccx q[0], q[2], q[1];")]
    [InlineData("gate g u { gphase(pi/2); } ctrl @ g q[0], q[1];", "s q[0];")]
    [InlineData("ctrl @ gphase(.7) q[1];", "p(.7) q[1];")]
    [InlineData("ctrl(2) @ gphase(.7) q[1], q[0];", "cp(.7) q[0], q[1];")]
    [InlineData("ctrl @ negctrl @ gphase(.7) q[1], q[0];", "x q[0]; cp(.7) q[0], q[1]; x q[0];")]
    [InlineData("gate mine(a) u { ctrl @ gphase(a) u; } ctrl @ mine(.4) q[0], q[2]; h q[2];", "cp(.4) q[2], q[0]; h q[2];")]
    [InlineData("inv @ negctrl @ gphase(.7) q[1];", "x q[1]; p(-.7) q[1]; x q[1];")]
    [InlineData("rx(0b1_1 / 10) q[0]; ry(0x1A / 0o20) q[1];", "rx(.3) q[0]; ry(1.625) q[1];")]
    [InlineData("cu3(.3, .4, .5) q[0], q[1];", "p(.45) q[0]; p(.05) q[1]; cx q[0], q[1]; u3(-.15, 0, -.45) q[1]; cx q[0], q[1]; u3(.15, .4, 0) q[1];")]
    [InlineData("h q;", "h q[0]; h q[1]; h q[2];")]
    [InlineData("qubit r; cx r, q;", "qubit r; cx r, q[0]; cx r, q[1]; cx r, q[2];")]
    [InlineData("rzz(.4) q[0], q[1];", "ctrl @ rz(.8) q[0], q[1]; rz(-.8) q[1]; rz(.4) q[1]; rz(.8) q[1]; ctrl @ rz(-.8) q[0], q[1]; rz(-.4) q[1]; cx q[0], q[1]; rz(.4) q[1]; cx q[0], q[1];")]
    [InlineData("const float a = 2 * (1 - 3) ** 2 / 4 - -.5; ry(a * sin(pi / 6)) q[0];", "ry(1.25) q[0];")]
    [InlineData("rx(1.5e-1) q[0]; // turn\n/* and\nmore */ id q[1];", "rx(.15) q[0];")]
    [InlineData("ccz q[0], q[1], q[2];", "ctrl(2) @ z q[0], q[1], q[2];")]
    public void Two_ways_to_say_the_same(string one, string other) =>
        Matrices.AssertEqualUpToPhase(OpenQasmReader.Read("OPENQASM 3; qubit[3] q; " + one), OpenQasmReader.Read("OPENQASM 3; qubit[3] q; " + other));

    [Theory]
    [InlineData("if (c == 2) x q[2];", "if (!c[0]) if (c[1]) x q[2];")]
    [InlineData("if (c == 0b10) x q[2];", "if (c == 2) x q[2];")]
    [InlineData("if (c != 2) x q[2];", "x q[2]; if (c == 2) x q[2];")]
    [InlineData("if (c[0] && !c[1]) { x q[2]; } else { h q[2]; }", "if (c == 1) x q[2]; if (c == 0) h q[2]; if (c == 2) h q[2]; if (c == 3) h q[2];")]
    [InlineData("if (c[0] == true) { if (c == 2) { x q[2]; } }", "")]
    public void Conditions_mean_what_they_say(string one, string other)
    {
        const string Start = "OPENQASM 3; qubit[3] q; bit[2] c; bit d; h q; cx q[0], q[1]; ry(.3) q[1]; c[0] = measure q[0]; c[1] = measure q[1]; reset q[2]; ";
        Matrices.AssertSameLaw(DenseReference.Law(OpenQasmReader.Read(Start + other + " d = measure q[2];")), DenseReference.Law(OpenQasmReader.Read(Start + one + " d = measure q[2];")), one);
    }

    [Theory]
    [InlineData("OPENQASM 2.0;\nqreg q[2];\nfoo q[0];", "line 3, column 1: there is no gate 'foo' here.")]
    [InlineData("qubit[2] q;\ncx q[0], q[2];", "line 2, column 12: 'q' has the elements 0 to 1, not 2.")]
    [InlineData("qubit[2] q;\n  cx q[0], q[0];", "line 2, column 3: 'cx' got a qubit twice")]
    [InlineData("qubit q;\nfor int i in [0:3] { x q; }", "line 2, column 1: 'for' is not supported.")]
    [InlineData("qubit q; rx(1/0) q;", "column 10: 'rx' got the parameter")]
    [InlineData("qubit q; rx q;", "'rx' on 1 qubits takes 1 parameters but got 0")]
    [InlineData("qubit q; h q", "column 13: found the end of the text")]
    [InlineData("qubit q; gate g a { h b; }", "'b' is not a qubit of this gate")]
    [InlineData("qubit q; gate g a { g a; }", "there is no gate 'g' here")]
    [InlineData("include \"other.inc\";", "cannot include 'other.inc'")]
    [InlineData("OPENQASM 4.0;", "found version '4.0'")]
    [InlineData("qubit[3] q; bit[2] c; c = measure q;", "3 qubits are measured into 2 bits")]
    [InlineData("qubit[70] q;", "up to 62 are supported")]
    [InlineData("qubit q; x ?;", "found the character '?'")]
    [InlineData("qubit q; pow(.5) @ x q;", "a whole number, -1000 to 1000, is supported")]
    [InlineData("qubit q; ctrl(17) @ gphase(1) q;", "column 10: ctrl(17) needs more than 17 operands but got 1")]
    [InlineData("qubit[20] q; ctrl(17) @ gphase(1) q[0], q[1], q[2], q[3], q[4], q[5], q[6], q[7], q[8], q[9], q[10], q[11], q[12], q[13], q[14], q[15], q[16];", "up to 16 are")]
    [InlineData("qubit q; rx(0b12) q;", "column 13: found '0b12'")]
    [InlineData("qubit q; x q\nh q;", "line 2, column 1: found 'h'; ',' or ';' is needed here.")]
    [InlineData("x $0;", "column 3: physical qubits ('$') are not supported")]
    [InlineData("@bind x\nqubit q;", "column 1: annotations ('@') are not supported")]
    [InlineData("", "the program declares no qubit")]
    [InlineData("qubit q; /* x", "a comment '/*' is not closed")]
    public void A_fault_is_named_with_its_place(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<CircuitTextException>(() => OpenQasmReader.Read(text)).Message);

    [Fact]
    public void Programs_that_would_never_end_are_refused()
    {
        var laughs = "qubit q; gate g0 a { h a; h a; } " + string.Concat(Enumerable.Range(1, 40).Select(i => $"gate g{i} a {{ g{i - 1} a; g{i - 1} a; }} ")) + "g40 q;";
        Assert.Contains("comes to more than", Assert.Throws<CircuitTextException>(() => OpenQasmReader.Read(laughs)).Message);
        var deep = "qubit q; gate g0 a { h a; } " + string.Concat(Enumerable.Range(1, 5000).Select(i => $"gate g{i} a {{ g{i - 1} a; }} "));
        Assert.Contains("deep", Assert.Throws<CircuitTextException>(() => OpenQasmReader.Read(deep)).Message);
        Assert.Contains("deep", Assert.Throws<CircuitTextException>(() => OpenQasmReader.Read("qubit q; rx(" + new string('(', 100_000))).Message);
        Assert.Contains("deep", Assert.Throws<CircuitTextException>(() => OpenQasmReader.Read("qubit q; bit c; " + string.Concat(Enumerable.Repeat("if (c) ", 10_000)) + "x q;")).Message);
        Assert.Contains("cases", Assert.Throws<CircuitTextException>(() => OpenQasmReader.Read(
            "qubit q; " + string.Concat(Enumerable.Range(0, 8).Select(i => $"bit[8] c{i}; ")) + string.Concat(Enumerable.Range(0, 8).Select(i => $"if (c{i} != 0) ")) + "x q;")).Message);
    }

    [Fact]
    public void Torn_programs_are_read_or_refused_and_nothing_else()
    {
        var random = new Xoshiro(99);
        string[] words = ["ctrl @ ", "{", "}", "(", ")", "if", "q", ";", "[", "0", "gate", "-", "measure", "\"", "pi", "=="];
        var refused = 0;
        for (var i = 0; i < 4000; i++)
        {
            var text = Teleport + "gate g(a) u, v { rx(a / 2) u; inv @ cx u, v; } g(pi) q[0], q[1]; ctrl(1) @ swap q[2], q[0], q[1];";
            for (var cuts = 1 + random.NextInt(4); cuts > 0; cuts--)
            {
                var at = random.NextInt(text.Length);
                var length = Math.Min(random.NextInt(6), text.Length - at);
                text = text.Remove(at, length).Insert(at, random.NextInt(2) == 0 ? words[random.NextInt(words.Length)] : "");
            }

            try
            {
                OpenQasmReader.Read(text);
            }
            catch (CircuitTextException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 3999);
    }
}
