using System.Collections.Immutable;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Quantum.Mitigation;

/// <summary>
/// Takes reading errors out of a law: each bit's two by two matrix of wrong readings is inverted, bit by bit. What comes out may lie a little below 0; <see cref="Simplex"/> puts it right. It corrects a table, not a shot. Pure.
/// </summary>
public static class ReadoutInversion
{
    /// <summary>Corrects <paramref name="law"/> in place.</summary>
    /// <param name="law">2^n numbers, by words of n bits.</param>
    /// <param name="errors">One for each bit.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or a reading says nothing about its qubit.</exception>
    public static void Apply(Span<double> law, ReadOnlySpan<ReadoutError> errors)
    {
        if (law.Length != 1 << errors.Length) throw new ArgumentException($"Got a law of {law.Length} words and errors of {errors.Length} bits; {1 << errors.Length} words are needed.", nameof(law));
        for (var bit = 0; bit < errors.Length; bit++)
        {
            var (e0, e1) = (errors[bit].OneGivenZero, errors[bit].ZeroGivenOne);
            var determinant = 1 - e0 - e1;
            if (!(Math.Abs(determinant) > 1e-6)) throw new ArgumentException($"Bit {bit} reads 1 as often whatever its qubit is; its errors cannot be taken out.", nameof(errors));
            for (var word = 0; word < law.Length; word++)
            {
                if ((word >> bit & 1) != 0) continue;
                var (zero, one) = (law[word], law[word | 1 << bit]);
                law[word] = (((1 - e1) * zero) - (e1 * one)) / determinant;
                law[word | 1 << bit] = (((1 - e0) * one) - (e0 * zero)) / determinant;
            }
        }
    }

    /// <summary>By how much the spread of an estimate grows on one bit: the square of it is the factor in shots.</summary>
    public static double Overhead(ReadoutError error) => Math.Pow((1 + Math.Abs(error.OneGivenZero - error.ZeroGivenOne)) / (1 - error.OneGivenZero - error.ZeroGivenOne), 2);

    /// <summary>The two circuits whose readings tell the errors: all qubits at 0, and all at 1, read into the same bits as <paramref name="circuit"/>'s.</summary>
    public static (Circuit Zeros, Circuit Ones) Calibration(Circuit circuit)
    {
        var read = circuit.Operations.Where(o => o.Gate.Shape == GateShape.Measurement).ToList();
        var (zeros, ones) = (new CircuitBuilder(circuit.Qubits, circuit.Bits), new CircuitBuilder(circuit.Qubits, circuit.Bits));
        foreach (var operation in read) ones.X(operation.Qubits[0]);
        foreach (var operation in read)
        {
            zeros.Add(operation);
            ones.Add(operation);
        }

        return (zeros.Build(), ones.Build());
    }

    /// <summary>The errors of the first <paramref name="bits"/> bits, as those two circuits read.</summary>
    public static ImmutableArray<ReadoutError> Of(IReadOnlyCollection<ulong> zeros, IReadOnlyCollection<ulong> ones, int bits) =>
    [
        .. Enumerable.Range(0, bits).Select(b => new ReadoutError(zeros.Count(w => (w >> b & 1) != 0) / (double)Math.Max(1, zeros.Count), ones.Count(w => (w >> b & 1) == 0) / (double)Math.Max(1, ones.Count))),
    ];
}
