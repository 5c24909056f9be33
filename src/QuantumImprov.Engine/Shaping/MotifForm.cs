namespace QuantumImprov.Engine.Shaping;

/// <summary>What becomes of the call's opening in the answer.</summary>
public enum MotifForm
{
    /// <summary>Nothing of it is taken up.</summary>
    None,

    /// <summary>It returns as it was.</summary>
    Same,

    /// <summary>It returns on other steps of the key.</summary>
    Transposed,

    /// <summary>It returns upside down, step by step of the key.</summary>
    Inverted,

    /// <summary>It returns in notes twice as long.</summary>
    Augmented,

    /// <summary>Its rhythm returns; pitches are free.</summary>
    RhythmOnly,
}
