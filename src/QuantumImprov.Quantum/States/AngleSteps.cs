using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.States.Planning;

namespace QuantumImprov.Quantum.States;

/// <summary>
/// Steps whose numbers follow from angles: their kernel does not depend on the angles, and the numbers can be written anew in place from the sines and cosines of a few linear forms of the angles.
/// </summary>
internal static unsafe class AngleSteps
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
        var given = Forms(step).Select(form => form.Terms.Sum(t => t.Share * operation.Parameters[t.Parameter - first])).ToArray();
        double[] sines = [.. given.Select(Math.Sin)], cosines = [.. given.Select(Math.Cos)];
        fixed (double* sin = sines, cos = cosines) Fill(step, sin, cos);
        return step;

        Step New(StepKind kind, int[] selecting, int target, int controlMask, int entries) => new(kind)
        {
            Qubits = selecting, Target = target, Controls = controlMask, Re = new double[entries], Im = new double[entries], Condition = operation.Condition, FirstAngle = first, Gate = name,
        };
    }

    /// <summary>The forms of the circuit's angles whose sines and cosines <see cref="Fill"/> takes, in its order.</summary>
    internal static IEnumerable<LinearAngle> Forms(Step step)
    {
        return step.Gate switch
        {
            "p" or "cp" or "mcp" or "diag" => Enumerable.Range(0, step.Re.Length).Select(i => Form((i, 1))),
            "u" => [Form((0, .5)), Form((1, 1)), Form((2, 1)), Form((1, 1), (2, 1))],
            _ => Enumerable.Range(0, step.Re.Length / 4).Select(i => Form((i, .5))),
        };

        LinearAngle Form(params (int Angle, double Share)[] terms)
        {
            var form = new LinearAngle();
            foreach (var (angle, share) in terms) form.Terms.Add((step.FirstAngle + angle, share));
            return form;
        }
    }

    /// <summary>Writes the step's numbers. Nothing is allocated.</summary>
    internal static void Fill(Step step, double* sin, double* cos)
    {
        double[] re = step.Re, im = step.Im;
        switch (step.Gate)
        {
            case "p" or "cp" or "mcp" or "diag":
                for (var i = 0; i < re.Length; i++) (im[i], re[i]) = (sin[i], cos[i]);
                break;
            case "ry" or "cry" or "muxry":
                for (var i = 0; i < re.Length; i += 4, sin++, cos++) (re[i], re[i + 1], re[i + 2], re[i + 3]) = (*cos, -*sin, *sin, *cos);
                break;
            case "rz" or "crz" or "muxrz":
                for (var i = 0; i < re.Length; i += 4, sin++, cos++) (re[i], im[i], re[i + 3], im[i + 3]) = (*cos, -*sin, *cos, *sin);
                break;
            case "rx" or "crx":
                (re[0], im[1], im[2], re[3]) = (*cos, -*sin, -*sin, *cos);
                break;
            default:
                var (s, c) = (*sin, *cos);
                (re[0], re[1], re[2], re[3]) = (c, -cos[2] * s, cos[1] * s, cos[3] * c);
                (im[1], im[2], im[3]) = (-sin[2] * s, sin[1] * s, sin[3] * c);
                break;
        }
    }
}
