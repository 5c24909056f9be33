using System.Collections.Immutable;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Mitigation;

/// <summary>
/// Zero-noise extrapolation, word by word of a law: the circuit is run as it is, with three times and with five times its noise, and each probability is continued to none (Richardson; Temme, Bravyi and Gambetta 2017). It corrects a table, not a shot,
/// and makes it more uncertain: the spread grows some two and a half times. Pure.
/// </summary>
public static class ZeroNoise
{
    /// <summary>How many times the noise the three circuits have.</summary>
    public static ImmutableArray<int> Scales { get; } = [1, 3, 5];

    // The weights of a parabola through 1, 3 and 5, at 0.
    private static readonly double[] Weights = [15 / 8.0, -5 / 4.0, 3 / 8.0];

    /// <summary>The circuit with <paramref name="scale"/> times its gates: U (U^-1 U)^m before the readings. An odd number from 1.</summary>
    /// <exception cref="ArgumentException">The scale is even, or the circuit does not read at its end only.</exception>
    public static Circuit Folded(Circuit circuit, int scale)
    {
        if (scale < 1 || scale % 2 == 0) throw new ArgumentException($"Got the scale {scale}; an odd number from 1 is needed.", nameof(scale));
        var gates = new Circuit(circuit.Qubits, circuit.Bits, [.. circuit.Operations.Where(o => o.Gate.Shape != GateShape.Measurement)]);
        var read = circuit.Operations.SkipWhile(o => o.Gate.Shape != GateShape.Measurement).ToList();
        if (!gates.IsUnitary || read.Any(o => o.Gate.IsUnitary)) throw new ArgumentException("Only a circuit that reads at its end, without conditions, can be folded.", nameof(circuit));
        var folded = new CircuitBuilder(circuit.Qubits, circuit.Bits).Append(gates);
        for (var i = 1; i < scale; i += 2) folded.Barrier().Append(gates.Inverse()).Barrier().Append(gates);
        foreach (var operation in read) folded.Add(operation);
        return folded.Build();
    }

    /// <summary>The law continued to no noise, put right by <see cref="Simplex"/>.</summary>
    /// <param name="laws">The laws at the three scales, of equal length.</param>
    public static double[] Extrapolate(IReadOnlyList<double[]> laws)
    {
        if (laws.Count != 3 || laws.Any(l => l.Length != laws[0].Length)) throw new ArgumentException("Three laws of equal length are needed.", nameof(laws));
        var law = new double[laws[0].Length];
        for (var w = 0; w < law.Length; w++)
        {
            for (var i = 0; i < 3; i++) law[w] += Weights[i] * laws[i][w];
        }

        Simplex.Project(law);
        return law;
    }
}
