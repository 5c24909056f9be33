using System.Numerics;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Tests.Noise;

/// <summary>States that follow from a seed.</summary>
internal static class RandomStates
{
    internal static Complex[] Amplitudes(ulong seed, int qubits)
    {
        var random = new Xoshiro(seed);
        var parts = Enumerable.Range(0, 1 << qubits).Select(_ => new Complex(random.NextDouble() - .5, random.NextDouble() - .5)).ToArray();
        var length = Math.Sqrt(parts.Sum(z => (z.Real * z.Real) + (z.Imaginary * z.Imaginary)));
        return [.. parts.Select(z => z / length)];
    }

    internal static DensityMatrix Pure(ulong seed, int qubits) => DensityMatrix.Of(Amplitudes(seed, qubits));

    /// <summary>What is left of a larger pure state.</summary>
    internal static DensityMatrix Mixed(ulong seed, int qubits, int hidden) => Pure(seed, qubits + hidden).Reduced([.. Enumerable.Range(0, qubits)]);
}
