using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Tests.States;

/// <summary>Rotations, rings of CX or CZ in a random order of the qubits, rotations: what the planner is made for.</summary>
internal static class LayeredCircuit
{
    internal static Circuit Of(int qubits, int layers, Xoshiro random, bool permuted = false)
    {
        var order = Enumerable.Range(0, qubits).ToArray();
        for (var i = qubits - 1; permuted && i > 0; i--)
        {
            var j = random.NextInt(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        var c = new CircuitBuilder(qubits, qubits);
        for (var q = 0; q < qubits; q++) c.RY(Angle(random), q);
        for (var layer = 0; layer < layers; layer++)
        {
            for (var q = 0; q < qubits; q++) c.RY(Angle(random), q);
            for (var q = 0; q < qubits && qubits > 1; q++) c.Gate((layer & 1) == 0 ? "cx" : "cz", order[q], order[(q + 1) % qubits]);
            for (var q = 0; q < qubits; q++) c.RZ(Angle(random), q);
        }

        return c.Build();
    }

    private static double Angle(Xoshiro random) => 14 * (random.NextDouble() - .5);
}
