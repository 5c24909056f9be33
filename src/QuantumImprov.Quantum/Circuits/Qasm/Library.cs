namespace QuantumImprov.Quantum.Circuits.Qasm;

/// <summary>The gates of qelib1.inc and stdgates.inc that the gate table does not hold under that name, in our own words.</summary>
internal static class Library
{
    internal const string Text =
        """
        gate u1(a) q { p(a) q; }
        gate phase(a) q { p(a) q; }
        gate u2(a, b) q { gphase(-(a + b) / 2); u(pi / 2, a, b) q; }
        gate u3(a, b, c) q { gphase(-(b + c) / 2); u(a, b, c) q; }
        gate u0(a) q { id q; }
        gate CX c, t { cx c, t; }
        gate cu1(a) c, t { cp(a) c, t; }
        gate cphase(a) c, t { cp(a) c, t; }
        gate cu3(a, b, c) s, t { ctrl @ u3(a, b, c) s, t; p((b + c) / 2) s; }
        gate cu(a, b, c, d) s, t { p(d) s; ctrl @ u(a, b, c) s, t; }
        gate csx c, t { ctrl @ sx c, t; }
        gate ccz a, b, c { h c; ccx a, b, c; h c; }
        gate rxx(a) q, r { h q; h r; cx q, r; rz(a) r; cx q, r; h q; h r; }
        gate rzz(a) q, r { cx q, r; rz(a) r; cx q, r; }
        gate ryy(a) q, r { rx(pi / 2) q; rx(pi / 2) r; cx q, r; rz(a) r; cx q, r; rx(-pi / 2) q; rx(-pi / 2) r; }
        gate iswap a, b { s a; s b; h a; cx a, b; cx b, a; h b; }
        gate c3x a, b, c, d { ctrl(3) @ x a, b, c, d; }
        gate c4x a, b, c, d, e { ctrl(4) @ x a, b, c, d, e; }
        """;
}
