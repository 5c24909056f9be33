using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>One RY on two blocks that differ in its qubit.</summary>
internal static class Pairs<T, V, TTurning>
    where T : struct, IBlock<V>
    where V : unmanaged
    where TTurning : struct, ITurning
{
    /// <summary>What the block whose qubit is 0 becomes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Zero(V zero, V one, V sin, V cos) => T.MultiplyTake(sin, one, TTurning.ByTangents ? zero : T.Multiply(cos, zero));

    /// <summary>What the block whose qubit is 1 becomes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V One(V zero, V one, V sin, V cos) => T.MultiplyAdd(sin, zero, TTurning.ByTangents ? one : T.Multiply(cos, one));
}
