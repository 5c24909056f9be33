namespace QuantumImprov.Engine.Choosing;

/// <summary>What becomes of the council's memory between two notes: the product keeps it, its twins for comparison do not.</summary>
public enum MemoryForm
{
    /// <summary>It is kept coherent: the council.</summary>
    Kept,

    /// <summary>It is dephased after every note: the same circuit, trained so, as a classical hidden chain.</summary>
    Dephased,

    /// <summary>It is dephased and no entry of a step may be negative: a classical hidden chain in which nothing cancels.</summary>
    Classical,

    /// <summary>It is kept coherent and every step is a rotation of it, which a circuit does without an ancilla.</summary>
    Rotated,
}
