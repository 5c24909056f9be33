namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>The four parts of a <see cref="Fourfold{T, V}"/>.</summary>
internal readonly struct Quad<V>(V a, V b, V c, V d)
{
    internal readonly V A = a;
    internal readonly V B = b;
    internal readonly V C = c;
    internal readonly V D = d;
}
