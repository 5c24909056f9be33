namespace QuantumImprov.Quantum.Bank;

/// <summary>How a bank has fared so far. Immutable.</summary>
public readonly record struct BankMeter
{
    /// <summary>Choices made.</summary>
    public long Notes { get; init; }

    /// <summary>Choices that a shot of the bank made.</summary>
    public long Banked { get; init; }

    /// <summary>Choices that fell outside what the shots serve.</summary>
    public long Outside { get; init; }

    /// <summary>Choices in the middle of which shots or coins ran out.</summary>
    public long Dry { get; init; }

    /// <summary>Choices for which no class had shots.</summary>
    public long Absent { get; init; }

    /// <summary>Shots used up, kept or not, for choices.</summary>
    public long Shots { get; init; }

    /// <summary>Mean shots used a choice that was tried; NaN before the first.</summary>
    public double ShotsMean { get; init; }

    /// <summary>Shots that 99 of 100 such choices did not exceed.</summary>
    public int Shots99 { get; init; }

    /// <summary>Share of the shots used that became a note; NaN before the first.</summary>
    public double Acceptance { get; init; }

    /// <summary>Mean mass of the live laws outside the class's shortlist, over the choices that were tried; NaN before the first.</summary>
    public double OutsideMass { get; init; }

    /// <summary>Mean of the notes' bounds on the total variation between their law and the live law, from what is not known of the device's law; 0 where it is known.</summary>
    public double LawError { get; init; }

    /// <summary>Bits a note that hardware supplied at most: the surprise of each banked note under its live law, 0 for the others, over all notes.</summary>
    public double BitsANote { get; init; }

    /// <summary>How often a device's law was found to have drifted.</summary>
    public int Drifts { get; init; }

    /// <summary>Share of banked choices; NaN before the first choice.</summary>
    public double Share => Notes == 0 ? double.NaN : Banked / (double)Notes;
}
