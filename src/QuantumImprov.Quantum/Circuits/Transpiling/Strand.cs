namespace QuantumImprov.Quantum.Circuits.Transpiling;

internal enum StrandKind
{
    /// <summary>A turn of one qubit.</summary>
    Turn,

    /// <summary>CZ, the form in which pairs are routed and cancelled.</summary>
    Cz,

    /// <summary>A device's own gate on a pair, kept as it is.</summary>
    Native,

    /// <summary>A measurement, a reset or a barrier.</summary>
    Other,
}

/// <summary>One element of a circuit that is being rewritten.</summary>
internal sealed class Strand(StrandKind kind, int[] qubits, Condition condition)
{
    internal StrandKind Kind { get; } = kind;

    internal int[] Qubits { get; } = qubits;

    internal Condition Condition { get; } = condition;

    internal Turn Turn { get; set; } = Turn.Identity;

    /// <summary>The gate of a native pair, or the operation of anything else.</summary>
    internal Operation? Operation { get; init; }

    /// <summary>Taken out again.</summary>
    internal bool Gone { get; set; }

    internal bool IsFreeTurn => Kind == StrandKind.Turn && Condition.Always;
}
