namespace QuantumImprov.Quantum.Chains.Walk;

/// <summary>Which table a <see cref="SzegedyStep"/> walks on.</summary>
public enum WalkForm
{
    /// <summary>The table P as it was given. A learned one is seldom reversible: the walk is exact all the same, but has no eigenphases that follow from those of P.</summary>
    AsGiven,

    /// <summary>The reversible table (P + P*)/2, where P* is P run backwards in time (<see cref="WalkTable.Symmetrise"/>). It keeps the stationary law of P, not its direction.</summary>
    Symmetrised,
}
