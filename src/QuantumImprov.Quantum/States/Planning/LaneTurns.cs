using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>The turns of the three qubits that stand inside a block.</summary>
internal readonly unsafe struct LaneTurns<T, V, TTurning>
    where T : struct, IBlock<V>
    where V : unmanaged
    where TTurning : struct, ITurning
{
    private readonly V _sin0, _sin1, _sin2, _cos0, _cos1, _cos2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LaneTurns(BoundSweep* sweep)
    {
        if (!TTurning.Turns) return;
        double* sin = sweep->Sin, cos = sweep->Cos;
        var minus = LaneSigns.MinusWhereZero;
        _sin0 = T.Xor(T.Fill(sin[0]), T.Load(minus));
        _sin1 = T.Xor(T.Fill(sin[1]), T.Load(minus + 8));
        _sin2 = T.Xor(T.Fill(sin[2]), T.Load(minus + 16));
        if (!TTurning.ByTangents) (_cos0, _cos1, _cos2) = (T.Fill(cos[0]), T.Fill(cos[1]), T.Fill(cos[2]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal V Turn(V v)
    {
        if (!TTurning.Turns) return v;
        v = T.MultiplyAdd(_sin0, T.Flip(v, 0), TTurning.ByTangents ? v : T.Multiply(_cos0, v));
        v = T.MultiplyAdd(_sin1, T.Flip(v, 1), TTurning.ByTangents ? v : T.Multiply(_cos1, v));
        return T.MultiplyAdd(_sin2, T.Flip(v, 2), TTurning.ByTangents ? v : T.Multiply(_cos2, v));
    }
}
