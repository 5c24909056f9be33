using System.Numerics;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Preparation;

namespace QuantumImprov.Quantum.States;

/// <summary>Turns operations into steps: which kernel, with which numbers.</summary>
internal static class StepCompiler
{
    /// <summary>Adds the operation's steps.</summary>
    /// <param name="first">The number of its first angle among those of the circuit, when it has angles.</param>
    internal static void Compile(Operation operation, List<Step> steps, int first = 0)
    {
        if (Planning.GateReading.HasAngles(operation.Gate))
        {
            steps.Add(AngleSteps.Of(operation, first));
            return;
        }

        switch (operation.Gate.Shape)
        {
            case GateShape.Controlled:
                Controlled(operation, steps);
                break;
            case GateShape.Multiplexed:
                steps.Add(Multiplexed(operation));
                break;
            case GateShape.Unitary:
                steps.Add(Dense(operation));
                break;
            case GateShape.Preparation:
                var loading = StateLoading.Circuit(operation.Parameters.AsSpan(), operation.Qubits.Length);
                if (operation.Gate.Name == "prepdg") loading = loading.Inverse();
                foreach (var inner in loading.Operations)
                    Compile(new Operation(inner.Gate, [.. inner.Qubits.Select(q => operation.Qubits[q])], inner.Parameters, condition: operation.Condition), steps, -1);
                break;
            default:
                break;
        }
    }

    private static void Controlled(Operation operation, List<Step> steps)
    {
        var count = operation.Gate.ControlCount(operation.Qubits.Length);
        var controls = 0;
        for (var i = 0; i < count; i++) controls |= 1 << operation.Qubits[i];
        var matrix = operation.Gate.TargetMatrix(operation.Parameters.AsSpan(), operation.Qubits.Length);
        var target = operation.Qubits[count];
        if (matrix.GetLength(0) == 4)
        {
            steps.Add(new Step(StepKind.Swap) { Target = target, Partner = operation.Qubits[count + 1], Controls = controls, Condition = operation.Condition });
            return;
        }

        if (matrix[0, 1] == 0 && matrix[1, 0] == 0 && matrix[0, 0] == 1)
        {
            if (matrix[1, 1] == 1) return;
            steps.Add(new Step(StepKind.Phase) { Controls = controls | (1 << target), Re = [matrix[1, 1].Real], Im = [matrix[1, 1].Imaginary], Condition = operation.Condition });
            return;
        }

        var (re, im) = Parts(matrix);
        steps.Add(new Step(im.All(x => x == 0) ? StepKind.RealMatrix : StepKind.Matrix) { Target = target, Controls = controls, Re = re, Im = im, Condition = operation.Condition });
    }

    private static Step Multiplexed(Operation operation)
    {
        var matrix = operation.Matrix();
        var codes = matrix.GetLength(0) / 2;
        var re = new double[4 * codes];
        var im = new double[4 * codes];
        for (var i = 0; i < 4 * codes; i++)
        {
            var (k, r, c) = (i >> 2, i >> 1 & 1, i & 1);
            var entry = matrix[(2 * k) + r, (2 * k) + c];
            (re[i], im[i]) = (entry.Real, entry.Imaginary);
        }

        return new Step(im.All(x => x == 0) ? StepKind.RealMultiplexor : StepKind.Multiplexor)
        {
            Target = operation.Qubits[0], Qubits = [.. operation.Qubits.Skip(1)], Re = re, Im = im, Condition = operation.Condition,
        };
    }

    private static Step Dense(Operation operation)
    {
        var (re, im) = Parts(operation.Matrix());
        return operation.Qubits.Length > 1
            ? new Step(StepKind.Dense) { Qubits = [.. operation.Qubits], Re = re, Im = im, Condition = operation.Condition }
            : new Step(StepKind.Matrix) { Target = operation.Qubits[0], Re = re, Im = im, Condition = operation.Condition };
    }

    private static (double[] Re, double[] Im) Parts(Complex[,] matrix)
    {
        var all = matrix.Cast<Complex>().ToArray();
        return ([.. all.Select(z => z.Real)], [.. all.Select(z => z.Imaginary)]);
    }
}
