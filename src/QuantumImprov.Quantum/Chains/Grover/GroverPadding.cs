namespace QuantumImprov.Quantum.Chains.Grover;

/// <summary>What <see cref="GroverStep"/> does when half of the codes or more are targets, where one iteration gains nothing or turns against the targets.</summary>
public enum GroverPadding
{
    /// <summary>Nothing: the smallest register that holds the candidates, as published.</summary>
    None,

    /// <summary>One more qubit when at least half of the codes are targets, so that one iteration favours them again; the codes it adds are re-drawn.</summary>
    WhenHalfAreTargets,
}
