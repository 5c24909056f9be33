namespace QuantumImprov.Engine.Choosing;

/// <summary>One measured pitch and how it came about.</summary>
/// <param name="Pitch">0 to 127; -1 when nothing could be chosen and the partner rests.</param>
/// <param name="Candidates">Among how many.</param>
/// <param name="Redraws">Shots that were not kept before this one.</param>
/// <param name="Kept">Whether the selector read 0 within the bound; else the last shot's note was taken.</param>
/// <param name="Consensus">How much the members agreed, 0 to 1 with positive amplitudes.</param>
public readonly record struct Decision(int Pitch, int Candidates, int Redraws, bool Kept, double Consensus)
{
    /// <summary>Nothing could be chosen.</summary>
    public static Decision None { get; } = new(-1, 0, 0, false, 0);

    /// <summary>What chose it: default, the chain's own simulator.</summary>
    public QuantumImprov.Quantum.Bank.ShotOrigin Origin { get; init; }
}
