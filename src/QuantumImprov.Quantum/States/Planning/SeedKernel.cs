using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>Turns a state whose higher qubits are all 0: the first block, times a product of cosines and sines for every other.</summary>
internal static unsafe class SeedKernel<T, V, TTurning>
    where T : struct, IBlock<V>
    where V : unmanaged
    where TTurning : struct, ITurning
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run(BoundSweep* sweep, Amplitudes state)
    {
        if (!TTurning.Turns) return;
        var lanes = new LaneTurns<T, V, TTurning>(sweep);
        var (re, im) = ((nint)state.Re, (nint)state.Im);
        var (r, t) = (lanes.Turn(T.Load((double*)re)), lanes.Turn(T.Load((double*)im)));
        var weights = state.Weights;
        Weights(sweep, weights);
        for (var h = 0; h < sweep->Blocks; h++)
        {
            var weight = T.Fill(weights[h]);
            T.Store((double*)re + (8 * h), T.Multiply(weight, r));
            T.Store((double*)im + (8 * h), T.Multiply(weight, t));
        }
    }

    private static void Weights(BoundSweep* sweep, double* weights)
    {
        weights[0] = 1;
        for (var q = 3; q < sweep->Qubits; q++)
        {
            var sin = sweep->Sin[q];
            var cos = TTurning.ByTangents ? 1 : sweep->Cos[q];
            var size = 1 << (q - 3);
            if (size < 8)
            {
                for (var i = 0; i < size; i++)
                {
                    weights[i + size] = weights[i] * sin;
                    weights[i] *= cos;
                }

                continue;
            }

            var (s, c) = (T.Fill(sin), T.Fill(cos));
            for (var i = 0; i < size; i += 8)
            {
                var w = T.Load(weights + i);
                T.Store(weights + i + size, T.Multiply(w, s));
                T.Store(weights + i, T.Multiply(w, c));
            }
        }
    }
}
