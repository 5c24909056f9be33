namespace QuantumImprov.Quantum.Noise;

/// <summary>How often a reading is wrong; what the qubit itself does is not touched.</summary>
/// <param name="OneGivenZero">The chance that a 0 is read as 1, 0 to 1.</param>
/// <param name="ZeroGivenOne">The chance that a 1 is read as 0, 0 to 1.</param>
public readonly record struct ReadoutError(double OneGivenZero, double ZeroGivenOne)
{
    /// <summary>The chance that this reading is wrong.</summary>
    public double Of(bool value) => value ? ZeroGivenOne : OneGivenZero;

    internal bool IsLegal => OneGivenZero is >= 0 and <= 1 && ZeroGivenOne is >= 0 and <= 1;
}
