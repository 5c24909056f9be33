namespace QuantumImprov.Engine.Evaluation.Blends;

/// <summary>What becomes of the memory of a <see cref="MemoryBlend"/> between two notes.</summary>
public enum MemoryForm
{
    /// <summary>It is kept coherent: the council.</summary>
    Kept,

    /// <summary>It is dephased after every note: the same circuit, trained so, as a classical hidden chain.</summary>
    Dephased,

    /// <summary>It is dephased and no entry of a step may be negative: a classical hidden chain in which nothing cancels.</summary>
    Classical,
}
