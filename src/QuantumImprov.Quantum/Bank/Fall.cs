namespace QuantumImprov.Quantum.Bank;

/// <summary>How an accept coin fell.</summary>
public enum Fall
{
    /// <summary>No.</summary>
    No,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>There were no bits left to tell.</summary>
    Unknown,
}
