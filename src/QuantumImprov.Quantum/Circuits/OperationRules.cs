using System.Numerics;

namespace QuantumImprov.Quantum.Circuits;

/// <summary>What makes an operation legal, each fault in one sentence with what was found and what is allowed.</summary>
internal static class OperationRules
{
    /// <summary>How far given matrices and states may be from unitary and normalised.</summary>
    internal const double Tolerance = 1e-9;

    internal static void Check(Operation operation)
    {
        var (gate, qubits, parameters) = (operation.Gate, operation.Qubits, operation.Parameters);
        if (qubits.Length < gate.LeastQubits || qubits.Length > gate.MostQubits)
            throw new ArgumentException($"'{gate.Name}' acts on {Range(gate)} but got {qubits.Length}.");
        for (var i = 0; i < qubits.Length; i++)
        {
            if (qubits[i] < 0) throw new ArgumentException($"'{gate.Name}' got qubit {qubits[i]}; qubits are numbered from 0.");
            for (var j = 0; j < i; j++)
            {
                if (qubits[i] == qubits[j]) throw new ArgumentException($"'{gate.Name}' got qubit {qubits[i]} twice; operands must differ.");
            }
        }

        var wanted = gate.ParameterCount(qubits.Length);
        if (parameters.Length != wanted)
            throw new ArgumentException($"'{gate.Name}' on {qubits.Length} qubits takes {wanted} parameters but got {parameters.Length}.");
        foreach (var p in parameters)
        {
            if (!double.IsFinite(p)) throw new ArgumentException($"'{gate.Name}' got the parameter {p}; finite numbers are needed.");
        }

        var measures = gate.Shape == GateShape.Measurement;
        if (measures && operation.Bit is < 0 or > 63) throw new ArgumentException($"The measurement writes bit {operation.Bit}; bits 0 to 63 exist.");
        if (!measures && operation.Bit != -1) throw new ArgumentException($"'{gate.Name}' does not write a classical bit.");
        if (gate.Shape == GateShape.Barrier && !operation.Condition.Always) throw new ArgumentException("A barrier cannot depend on a classical bit.");
        if (gate.Shape == GateShape.Unitary || (gate.Shape == GateShape.Multiplexed && gate.ParameterNames.IsEmpty && wanted == 8 << (qubits.Length - 1))) CheckUnitary(operation);
        if (gate.Shape == GateShape.Preparation) CheckNormalised(operation);
    }

    private static string Range(Gate gate) =>
        gate.LeastQubits == gate.MostQubits ? $"{gate.LeastQubits} qubit{(gate.LeastQubits == 1 ? "" : "s")}" : $"{gate.LeastQubits} to {gate.MostQubits} qubits";

    private static void CheckUnitary(Operation operation)
    {
        var matrix = operation.Matrix();
        var size = matrix.GetLength(0);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                Complex sum = 0;
                for (var k = 0; k < size; k++) sum += Complex.Conjugate(matrix[k, i]) * matrix[k, j];
                if (Complex.Abs(sum - (i == j ? 1 : 0)) > Tolerance)
                    throw new ArgumentException($"'{operation.Gate.Name}' got a matrix that is not unitary: columns {i} and {j} have the product {sum}, {(i == j ? 1 : 0)} is needed.");
            }
        }
    }

    private static void CheckNormalised(Operation operation)
    {
        double sum = 0;
        foreach (var p in operation.Parameters) sum += p * p;
        if (Math.Abs(sum - 1) > Tolerance) throw new ArgumentException($"'{operation.Gate.Name}' got a state of squared length {sum}; 1 is needed.");
    }
}
