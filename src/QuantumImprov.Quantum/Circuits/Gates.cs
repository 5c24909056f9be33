using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Numerics;
using QuantumImprov.Quantum.Preparation;
using static System.Math;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>
/// The gate table. Adding a gate is adding one entry: pictures, OpenQASM, kernels, help and the tests that sweep the table follow. Angles are radians.
/// </summary>
public static class Gates
{
    private static readonly Complex I = Complex.ImaginaryOne;
    private static readonly double Half = Sqrt(.5);

    /// <summary>Every gate, in the order in which help shows them.</summary>
    public static ImmutableArray<Gate> All { get; } =
    [
        One("id", "I", "Leaves the qubit as it is.", Fixed(1, 0, 0, 1), Itself("id")),
        One("x", "X", "Turns 0 into 1 and 1 into 0.", Fixed(0, 1, 1, 0), Itself("x")),
        One("y", "Y", "Turns 0 into 1 and 1 into 0, with a quarter turn of phase each way.", Fixed(0, -I, I, 0), Itself("y")),
        One("z", "Z", "Flips the sign of 1, which no measurement sees until it interferes.", Fixed(1, 0, 0, -1), Itself("z")),
        One("h", "H", "Opens a fork: 0 becomes an even chance of 0 and 1.", Fixed(Half, Half, Half, -Half), Itself("h")),
        One("s", "S", "A quarter turn of phase on 1.", Fixed(1, 0, 0, I), Itself("sdg")),
        One("sdg", "S†", "A quarter turn of phase on 1, backwards.", Fixed(1, 0, 0, -I), Itself("s")),
        One("t", "T", "An eighth turn of phase on 1.", Fixed(1, 0, 0, new(Half, Half)), Itself("tdg")),
        One("tdg", "T†", "An eighth turn of phase on 1, backwards.", Fixed(1, 0, 0, new(Half, -Half)), Itself("t")),
        One("sx", "√X", "Half a flip: done twice it turns 0 into 1.", Fixed(new(.5, .5), new(.5, -.5), new(.5, -.5), new(.5, .5)), Itself("sxdg"), qasm2: null),
        One("sxdg", "√X†", "Half a flip, backwards.", Fixed(new(.5, -.5), new(.5, .5), new(.5, .5), new(.5, -.5)), Itself("sx"), qasm3: null, qasm2: null),
        Turn("rx", "RX", "Turns by an angle about the x axis: part of a flip, with phase.", RX),
        Turn("ry", "RY", "Moves weight from 0 to 1 by an angle, without phase.", RY),
        Turn("rz", "RZ", "Turns the phases of 0 and 1 apart by an angle.", RZ),
        Turn("p", "P", "Gives 1 a phase.", Phase, qasm2: "u1"),
        new("u", GateShape.Controlled, "U", "Any turn of one qubit, by three angles.")
        {
            ParameterNames = ["theta", "phi", "lambda"], Base = (p, _) => U(p[0], p[1], p[2]), Undo = (p, _) => ("u", [-p[0], -p[2], -p[1]]), Qasm2 = "u3", Qasm3 = "U",
        },
        Native("prx", GateShape.Controlled, "PRX", "A turn by an angle about an axis of the equator, given by its phase.", ["theta", "phi"], (p, _) => PRX(p[0], p[1]), p => ("prx", [-p[0], p[1]]), "(theta, phi) q { rz(-phi) q; rx(theta) q; rz(phi) q; }"),
        Native("gpi", GateShape.Controlled, "GPI", "A flip about an axis of the equator, given by its phase.", ["phi"], (p, _) => new[,] { { 0, Turned(-p[0]) }, { Turned(p[0]), 0 } }, p => ("gpi", p), "(phi) q { x q; rz(2 * phi) q; }"),
        Native("gpi2", GateShape.Controlled, "GPI2", "Half a flip about an axis of the equator, given by its phase.", ["phi"], (p, _) => PRX(PI / 2, p[0]), p => ("gpi2", [p[0] + PI]), "(phi) q { rz(-phi) q; rx(pi / 2) q; rz(phi) q; }"),
        Native("ecr", GateShape.Unitary, "ECR", "What coupled transmons do to each other: a flip of the first, and half a flip of the second that the first directs.", [], (_, _) => Ecr(), p => ("ecr", p), " c, t { h t; cx c, t; rz(pi / 2) t; cx c, t; h t; x c; }"),
        Native("ms", GateShape.Unitary, "MS", "What coupled ions do to each other: both turn together about axes given by their phases.", ["phi0", "phi1", "theta"], (p, _) => MS(p[0], p[1], p[2]), p => ("ms", [p[0], p[1], -p[2]]), "(phi0, phi1, theta) a, b { rz(-phi0) a; rz(-phi1) b; h a; h b; cx a, b; rz(theta) b; cx a, b; h a; h b; rz(phi0) a; rz(phi1) b; }"),
        Controlled("cx", "X", "Flips the second qubit where the first is 1.", Fixed(0, 1, 1, 0)),
        Controlled("cy", "Y", "A Y on the second qubit where the first is 1.", Fixed(0, -I, I, 0)),
        Controlled("cz", "Z", "Flips the sign where both qubits are 1.", Fixed(1, 0, 0, -1)),
        Controlled("ch", "H", "Opens a fork on the second qubit where the first is 1.", Fixed(Half, Half, Half, -Half)),
        ControlledTurn("cp", "P", "A phase where both qubits are 1.", Phase, "cu1"),
        ControlledTurn("crx", "RX", "Turns the second qubit about x where the first is 1.", RX, null),
        ControlledTurn("cry", "RY", "Moves weight on the second qubit where the first is 1.", RY, null),
        ControlledTurn("crz", "RZ", "Turns the phases of the second qubit apart where the first is 1.", RZ, "crz"),
        new("swap", GateShape.Controlled, "x", "Exchanges two qubits.") { LeastQubits = 2, MostQubits = 2, Base = (_, _) => Swap(), Undo = Itself("swap"), Qasm3 = "swap" },
        new("cswap", GateShape.Controlled, "x", "Exchanges the second and third qubit where the first is 1.") { LeastQubits = 3, MostQubits = 3, Controls = 1, Base = (_, _) => Swap(), Undo = Itself("cswap"), Qasm3 = "cswap" },
        new("ccx", GateShape.Controlled, "X", "Flips the third qubit where the first two are 1.") { LeastQubits = 3, MostQubits = 3, Controls = 2, Base = Fixed(0, 1, 1, 0), Undo = Itself("ccx"), Qasm2 = "ccx", Qasm3 = "ccx" },
        new("mcx", GateShape.Controlled, "X", "Flips the last qubit where all others are 1.") { LeastQubits = 2, MostQubits = 16, Controls = -1, Base = Fixed(0, 1, 1, 0), Undo = Itself("mcx") },
        new("mcp", GateShape.Controlled, "P", "A phase where all qubits are 1.") { LeastQubits = 2, MostQubits = 16, Controls = -1, ParameterNames = ["lambda"], Base = (p, _) => Phase(p[0]), Undo = (p, _) => ("mcp", [-p[0]]) },
        Multiplexed("muxry", "RY", "Moves weight by an angle that the other qubits choose; how a list of probabilities is loaded.", RY),
        Multiplexed("muxrz", "RZ", "Turns phases apart by an angle that the other qubits choose.", RZ),
        new("mux", GateShape.Multiplexed, "G", "One of several turns of one qubit, chosen by the other qubits.")
        {
            LeastQubits = 2, MostQubits = 12, CountParameters = n => 8 << (n - 1), Base = (p, n) => Blocks(p, n), Undo = (p, n) => ("mux", Adjoint(p, n, 2)),
        },
        new("diag", GateShape.Diagonal, "D", "A phase for every code.")
        {
            MostQubits = 16, CountParameters = n => 1 << n, Base = (p, n) => Diagonal(p), Undo = (p, _) => ("diag", [.. p.Select(x => -x)]),
        },
        new("unitary", GateShape.Unitary, "W", "Any reversible change of a few qubits, given as a matrix.")
        {
            MostQubits = 6, CountParameters = n => 2 << (2 * n), Base = (p, n) => Square(p, 1 << n), Undo = (p, n) => ("unitary", Adjoint(p, n, 1 << n)),
        },
        new("prep", GateShape.Preparation, "Ψ", "Loads a list of amplitudes on qubits that are 0.")
        {
            MostQubits = 12, CountParameters = n => 2 << n, Base = (p, n) => StateLoading.Matrix(p, n), Undo = (p, _) => ("prepdg", p),
        },
        new("prepdg", GateShape.Preparation, "Ψ†", "Takes a list of amplitudes back to qubits that are 0.")
        {
            MostQubits = 12, CountParameters = n => 2 << n, Base = (p, n) => Dagger(StateLoading.Matrix(p, n)), Undo = (p, _) => ("prep", p),
        },
        new("measure", GateShape.Measurement, "M", "Reads a qubit: the chances become one note, and the rest is gone.") { Qasm2 = "measure", Qasm3 = "measure" },
        new("reset", GateShape.Reset, "0", "Puts a qubit back to 0.") { Qasm2 = "reset", Qasm3 = "reset" },
        new("barrier", GateShape.Barrier, "|", "Keeps what stands left and right of it apart.") { MostQubits = Circuit.MostQubits, Qasm2 = "barrier", Qasm3 = "barrier" },
    ];

    private static readonly FrozenDictionary<string, Gate> ByName = All.ToFrozenDictionary(g => g.Name, StringComparer.Ordinal);

    /// <summary>The gate of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Gate Named(string name) =>
        ByName.TryGetValue(name, out var gate) ? gate : throw new ArgumentException($"There is no gate '{name}'; there are {string.Join(", ", All.Select(g => g.Name))}.", nameof(name));

    /// <summary>The gate of that name, or null.</summary>
    public static Gate? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The parameters that <c>unitary</c> takes for a matrix: re, im, row by row.</summary>
    public static ImmutableArray<double> Entries(Complex[,] matrix)
    {
        var entries = ImmutableArray.CreateBuilder<double>(2 * matrix.Length);
        foreach (var entry in matrix)
        {
            entries.Add(entry.Real);
            entries.Add(entry.Imaginary);
        }

        return entries.ToImmutable();
    }

    private static Gate One(string name, string symbol, string help, Gate.MatrixOf matrix, Gate.InverseOf undo, string? qasm3 = "", string? qasm2 = "") =>
        new(name, GateShape.Controlled, symbol, help) { Base = matrix, Undo = undo, Qasm2 = qasm2 == "" ? name : qasm2, Qasm3 = qasm3 == "" ? name : qasm3 };

    private static Gate Turn(string name, string symbol, string help, Func<double, Complex[,]> matrix, string? qasm2 = null) =>
        new(name, GateShape.Controlled, symbol, help) { ParameterNames = ["theta"], Base = (p, _) => matrix(p[0]), Undo = (p, _) => (name, [-p[0]]), Qasm2 = qasm2 ?? name, Qasm3 = name };

    private static Gate Controlled(string name, string symbol, string help, Gate.MatrixOf matrix) =>
        new(name, GateShape.Controlled, symbol, help) { LeastQubits = 2, MostQubits = 2, Controls = 1, Base = matrix, Undo = Itself(name), Qasm2 = name, Qasm3 = name };

    private static Gate ControlledTurn(string name, string symbol, string help, Func<double, Complex[,]> matrix, string? qasm2) =>
        new(name, GateShape.Controlled, symbol, help) { LeastQubits = 2, MostQubits = 2, Controls = 1, ParameterNames = ["theta"], Base = (p, _) => matrix(p[0]), Undo = (p, _) => (name, [-p[0]]), Qasm2 = qasm2, Qasm3 = name };

    private static Gate Multiplexed(string name, string symbol, string help, Func<double, Complex[,]> matrix) =>
        new(name, GateShape.Multiplexed, symbol, help)
        {
            LeastQubits = 2, MostQubits = 16, CountParameters = n => 1 << (n - 1), Undo = (p, _) => (name, [.. p.Select(x => -x)]),
            Base = (p, n) =>
            {
                var whole = new Complex[1 << n, 1 << n];
                for (var k = 0; k < p.Length; k++) Place(whole, matrix(p[k]), k);
                return whole;
            },
        };

    // The own gates of devices that no library of OpenQASM has; on two qubits where the shape is a whole matrix.
    private static Gate Native(string name, GateShape shape, string symbol, string help, ImmutableArray<string> parameters, Gate.MatrixOf matrix, Func<ImmutableArray<double>, (string, ImmutableArray<double>)> undo, string definition)
    {
        var qubits = shape == GateShape.Unitary ? 2 : 1;
        return new(name, shape, symbol, help)
        {
            LeastQubits = qubits, MostQubits = qubits, ParameterNames = parameters, Base = matrix, Undo = (p, _) => undo(p), Qasm2 = name, Qasm3 = name, Definition = $"gate {name}{definition}",
        };
    }

    private static Gate.InverseOf Itself(string name) => (p, _) => (name, p);

    private static Gate.MatrixOf Fixed(Complex a, Complex b, Complex c, Complex d) => (_, _) => new[,] { { a, b }, { c, d } };

    private static Complex[,] RX(double t) => new[,] { { Cos(t / 2), -I * Sin(t / 2) }, { -I * Sin(t / 2), Cos(t / 2) } };

    private static Complex[,] RY(double t) => new Complex[,] { { Cos(t / 2), -Sin(t / 2) }, { Sin(t / 2), Cos(t / 2) } };

    private static Complex[,] RZ(double t) => new Complex[,] { { Turned(-t / 2), 0 }, { 0, Turned(t / 2) } };

    private static Complex[,] Phase(double t) => new Complex[,] { { 1, 0 }, { 0, Turned(t) } };

    private static Complex[,] U(double theta, double phi, double lambda) => new[,]
    {
        { Cos(theta / 2), -Turned(lambda) * Sin(theta / 2) },
        { Turned(phi) * Sin(theta / 2), Turned(phi + lambda) * Cos(theta / 2) },
    };

    private static Complex[,] PRX(double t, double phi) => new[,] { { Cos(t / 2), -I * Turned(-phi) * Sin(t / 2) }, { -I * Turned(phi) * Sin(t / 2), Cos(t / 2) } };

    private static Complex[,] Ecr() => new Complex[,] { { 0, Half, 0, Half * I }, { Half, 0, -Half * I, 0 }, { 0, Half * I, 0, Half }, { -Half * I, 0, Half, 0 } };

    // cos(t/2) - i sin(t/2) of the product of both flips; the first operand is bit 0.
    private static Complex[,] MS(double phi0, double phi1, double t)
    {
        var (c, s) = (Cos(t / 2), -I * Sin(t / 2));
        var (sum, difference) = (phi0 + phi1, phi0 - phi1);
        return new[,]
        {
            { c, 0, 0, s * Turned(-sum) }, { 0, c, s * Turned(difference), 0 },
            { 0, s * Turned(-difference), c, 0 }, { s * Turned(sum), 0, 0, c },
        };
    }

    private static Complex[,] Swap() => new Complex[,] { { 1, 0, 0, 0 }, { 0, 0, 1, 0 }, { 0, 1, 0, 0 }, { 0, 0, 0, 1 } };

    private static Complex Turned(double angle) => new(Cos(angle), Sin(angle));

    private static void Place(Complex[,] whole, Complex[,] block, int k)
    {
        for (var r = 0; r < 2; r++)
        {
            for (var c = 0; c < 2; c++) whole[(2 * k) + r, (2 * k) + c] = block[r, c];
        }
    }

    private static Complex[,] Blocks(ReadOnlySpan<double> p, int n)
    {
        var whole = new Complex[1 << n, 1 << n];
        for (var k = 0; k < 1 << (n - 1); k++) Place(whole, Square(p.Slice(8 * k, 8), 2), k);
        return whole;
    }

    private static Complex[,] Diagonal(ReadOnlySpan<double> phases)
    {
        var whole = new Complex[phases.Length, phases.Length];
        for (var i = 0; i < phases.Length; i++) whole[i, i] = Turned(phases[i]);
        return whole;
    }

    private static Complex[,] Square(ReadOnlySpan<double> p, int size)
    {
        var matrix = new Complex[size, size];
        for (var i = 0; i < size * size; i++) matrix[i / size, i % size] = new Complex(p[2 * i], p[(2 * i) + 1]);
        return matrix;
    }

    private static Complex[,] Dagger(Complex[,] matrix)
    {
        var size = matrix.GetLength(0);
        var adjoint = new Complex[size, size];
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++) adjoint[c, r] = Complex.Conjugate(matrix[r, c]);
        }

        return adjoint;
    }

    private static ImmutableArray<double> Adjoint(ImmutableArray<double> p, int n, int size)
    {
        var all = ImmutableArray.CreateBuilder<double>(p.Length);
        var block = 2 * size * size;
        for (var at = 0; at < p.Length; at += block) all.AddRange(Entries(Dagger(Square(p.AsSpan().Slice(at, block), size))));
        return all.ToImmutable();
    }
}
