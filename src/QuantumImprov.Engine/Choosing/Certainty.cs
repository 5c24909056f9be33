using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Engine.Choosing;

/// <summary>What is drawn where one candidate only is left and nothing needs measuring.</summary>
internal static class Certainty
{
    internal static Circuit Circuit(int symbol, int qubits)
    {
        var circuit = new CircuitBuilder(qubits, qubits);
        for (var q = 0; q < qubits; q++)
        {
            if ((symbol >> q & 1) != 0) circuit.X(q);
        }

        return circuit.MeasureAll().Build();
    }
}
