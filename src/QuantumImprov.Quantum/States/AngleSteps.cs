using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.States;

/// <summary>Steps whose numbers follow from angles: their kernel does not depend on the angles, and the numbers can be written anew in place.</summary>
internal static class AngleSteps
{
    /// <summary>The step of a gate with angles; its numbers are those of the operation.</summary>
    internal static Step Of(Operation operation, int first)
    {
        var qubits = operation.Qubits;
        var controls = operation.Gate.ControlCount(qubits.Length);
        var mask = 0;
        for (var i = 0; i < controls; i++) mask |= 1 << qubits[i];
        var name = operation.Gate.Name;
        var step = operation.Gate.Shape switch
        {
            GateShape.Diagonal => New(StepKind.Diagonal, [.. qubits], -1, 0, 1 << qubits.Length),
            GateShape.Multiplexed => New(name == "muxry" ? StepKind.RealMultiplexor : StepKind.Multiplexor, [.. qubits.Skip(1)], qubits[0], 0, 2 << qubits.Length),
            _ when name is "p" or "cp" or "mcp" => New(StepKind.Phase, [], -1, mask | (1 << qubits[controls]), 1),
            _ => New(name is "ry" or "cry" ? StepKind.RealMatrix : StepKind.Matrix, [], qubits[controls], mask, 4),
        };
        Fill(step, operation.Parameters.AsSpan());
        return step;

        Step New(StepKind kind, int[] selecting, int target, int controlMask, int entries) => new(kind)
        {
            Qubits = selecting, Target = target, Controls = controlMask, Re = new double[entries], Im = new double[entries], Condition = operation.Condition, FirstAngle = first, Gate = name,
        };
    }

    /// <summary>Writes the step's numbers from the angles that start the span. Nothing is allocated.</summary>
    internal static void Fill(Step step, ReadOnlySpan<double> angles)
    {
        switch (step.Gate)
        {
            case "p" or "cp" or "mcp" or "diag":
                for (var i = 0; i < step.Re.Length; i++) (step.Im[i], step.Re[i]) = Math.SinCos(angles[i]);
                break;
            case "ry" or "cry" or "muxry":
                for (var i = 0; i < step.Re.Length; i += 4)
                {
                    var (sin, cos) = Math.SinCos(angles[i >> 2] / 2);
                    (step.Re[i], step.Re[i + 1], step.Re[i + 2], step.Re[i + 3]) = (cos, -sin, sin, cos);
                }

                break;
            case "rz" or "crz" or "muxrz":
                for (var i = 0; i < step.Re.Length; i += 4)
                {
                    var (sin, cos) = Math.SinCos(angles[i >> 2] / 2);
                    (step.Re[i], step.Im[i], step.Re[i + 3], step.Im[i + 3]) = (cos, -sin, cos, sin);
                }

                break;
            case "rx" or "crx":
                var (half, whole) = Math.SinCos(angles[0] / 2);
                (step.Re[0], step.Im[1], step.Im[2], step.Re[3]) = (whole, -half, -half, whole);
                break;
            default:
                var (s, c) = Math.SinCos(angles[0] / 2);
                var ((sp, cp), (sl, cl), (sb, cb)) = (Math.SinCos(angles[1]), Math.SinCos(angles[2]), Math.SinCos(angles[1] + angles[2]));
                (step.Re[0], step.Re[1], step.Re[2], step.Re[3]) = (c, -cl * s, cp * s, cb * c);
                (step.Im[1], step.Im[2], step.Im[3]) = (-sl * s, sp * s, sb * c);
                break;
        }
    }
}
