using System.Runtime.CompilerServices;
using QuantumImprov.Quantum.States.Lanes;

namespace QuantumImprov.Quantum.States.Planning;

/// <summary>One RY on two blocks that differ in its qubit.</summary>
internal static class Pairs<T, TTurning>
    where T : unmanaged, IBlock<T>
    where TTurning : struct, ITurning
{
    /// <summary>What the block whose qubit is 0 becomes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Zero(T zero, T one, T sin, T cos) => T.MultiplyTake(sin, one, TTurning.ByTangents ? zero : T.Multiply(cos, zero));

    /// <summary>What the block whose qubit is 1 becomes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T One(T zero, T one, T sin, T cos) => T.MultiplyAdd(sin, zero, TTurning.ByTangents ? one : T.Multiply(cos, one));
}
