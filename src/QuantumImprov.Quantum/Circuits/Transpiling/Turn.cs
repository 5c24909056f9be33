using System.Numerics;

namespace QuantumImprov.Quantum.Circuits.Transpiling;

/// <summary>A turn of one qubit as its 2 x 2 matrix, row by row.</summary>
internal readonly record struct Turn(Complex A, Complex B, Complex C, Complex D)
{
    // Far above rounding, far below what any measurement could tell.
    private const double Nothing = 1e-12;

    internal static Turn Identity { get; } = new(1, 0, 0, 1);

    internal static Turn H { get; } = Of(new Operation(Gates.Named("h"), [0]));

    internal static Turn Of(Operation operation)
    {
        var m = operation.Matrix();
        return new Turn(m[0, 0], m[0, 1], m[1, 0], m[1, 1]);
    }

    internal static Turn Of(string gate, params ReadOnlySpan<double> parameters) => Of(new Operation(Gates.Named(gate), [0], [.. parameters]));

    internal static Turn Z(double angle) => new(Complex.FromPolarCoordinates(1, -angle / 2), 0, 0, Complex.FromPolarCoordinates(1, angle / 2));

    /// <summary>This turn first, then the other.</summary>
    internal Turn Then(Turn next) => new((next.A * A) + (next.B * C), (next.A * B) + (next.B * D), (next.C * A) + (next.D * C), (next.C * B) + (next.D * D));

    /// <summary>True when the chances of 0 and 1 stay.</summary>
    internal bool IsDiagonal => Complex.Abs(B) < Nothing && Complex.Abs(C) < Nothing;

    /// <summary>True when nothing happens, but for a global phase.</summary>
    internal bool IsIdentity => IsDiagonal && Complex.Abs(A - D) < Nothing;

    /// <summary>First RZ(lambda), then RY(theta), then RZ(phi), up to a global phase; theta from 0 to pi.</summary>
    internal (double Theta, double Phi, double Lambda) Angles()
    {
        var theta = 2 * Math.Atan2(Complex.Abs(C), Complex.Abs(A));
        if (Complex.Abs(C) < Nothing) return (0, (D / A).Phase, 0);
        if (Complex.Abs(A) < Nothing) return (Math.PI, (C / -B).Phase, 0);

        // A = cos e^(-i(phi + lambda)/2), C = sin e^(i(phi - lambda)/2), D = cos e^(i(phi + lambda)/2), each with the same further phase.
        var phi = (C / A).Phase;
        return (theta, phi, (D / A).Phase - phi);
    }
}
