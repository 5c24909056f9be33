using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States;

/// <summary>Kernels that look numbers up by the code of some qubits: multiplexors, diagonals, swaps, whole matrices.</summary>
internal static unsafe class TableKernels
{
    internal static void Multiplexor<T, V>(Amplitudes state, Step step)
    where T : struct, IBlock<V>
    where V : unmanaged
    {
        var mask = MaskOf(step.Qubits);
        for (var k = 0; k < 1 << step.Qubits.Length; k++)
        {
            var value = Scatter(k, step.Qubits);
            if (step.Kind == StepKind.RealMultiplexor) PairKernels<T, V>.RealMatrix(state, step.Target, mask, value, step.Re.AsSpan(4 * k, 4));
            else PairKernels<T, V>.Matrix(state, step.Target, mask, value, step.Re.AsSpan(4 * k, 4), step.Im.AsSpan(4 * k, 4));
        }
    }

    internal static void Diagonal(Amplitudes state, Step step)
    {
        double* re = state.Re, im = state.Im;
        var size = state.Size;
        for (var i = 0; i < size; i++)
        {
            var k = Gather(i, step.Qubits);
            var (r, t) = (re[i], im[i]);
            re[i] = (step.Re[k] * r) - (step.Im[k] * t);
            im[i] = (step.Re[k] * t) + (step.Im[k] * r);
        }
    }

    internal static void Swap(Amplitudes state, Step step)
    {
        double* re = state.Re, im = state.Im;
        var size = state.Size;
        var (first, second) = (1 << step.Target, 1 << step.Partner);
        var over = first | second | step.Controls;
        for (var i = 0; i < size; i = ((i | over) + 1) & ~over)
        {
            var (a, b) = (i | step.Controls | first, i | step.Controls | second);
            (re[a], re[b]) = (re[b], re[a]);
            (im[a], im[b]) = (im[b], im[a]);
        }
    }

    internal static void Dense(Amplitudes state, Step step)
    {
        double* re = state.Re, im = state.Im;
        var size = state.Size;
        var codes = 1 << step.Qubits.Length;
        var over = MaskOf(step.Qubits);
        var inRe = stackalloc double[codes];
        var inIm = stackalloc double[codes];
        for (var i = 0; i < size; i = ((i | over) + 1) & ~over)
        {
            for (var k = 0; k < codes; k++)
            {
                var at = i | Scatter(k, step.Qubits);
                (inRe[k], inIm[k]) = (re[at], im[at]);
            }

            for (var row = 0; row < codes; row++)
            {
                double r = 0, t = 0;
                for (var k = 0; k < codes; k++)
                {
                    var (mr, mi) = (step.Re[(row * codes) + k], step.Im[(row * codes) + k]);
                    r += (mr * inRe[k]) - (mi * inIm[k]);
                    t += (mr * inIm[k]) + (mi * inRe[k]);
                }

                var at = i | Scatter(row, step.Qubits);
                (re[at], im[at]) = (r, t);
            }
        }
    }

    internal static int MaskOf(ReadOnlySpan<int> qubits)
    {
        var mask = 0;
        foreach (var q in qubits) mask |= 1 << q;
        return mask;
    }

    internal static int Scatter(int code, ReadOnlySpan<int> qubits)
    {
        var at = 0;
        for (var i = 0; i < qubits.Length; i++) at |= (code >> i & 1) << qubits[i];
        return at;
    }

    private static int Gather(int at, ReadOnlySpan<int> qubits)
    {
        var code = 0;
        for (var i = 0; i < qubits.Length; i++) code |= (at >> qubits[i] & 1) << i;
        return code;
    }
}
