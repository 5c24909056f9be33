namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>Where a hidden Markov model shows its symbols.</summary>
public enum Emission
{
    /// <summary>The state reached shows the symbol: A[i,j] C[j,y].</summary>
    State,

    /// <summary>The move shows the symbol: T_y[i,j], which contains the other.</summary>
    Edge,
}
