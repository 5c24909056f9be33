namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>The two halves of a <see cref="Twice{T, V}"/>.</summary>
internal readonly struct Both<V>(V low, V high)
{
    internal readonly V Low = low;
    internal readonly V High = high;
}
