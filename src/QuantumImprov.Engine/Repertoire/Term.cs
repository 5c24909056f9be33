namespace QuantumImprov.Engine.Repertoire;

/// <summary>How far back a member remembers.</summary>
public enum Term
{
    /// <summary>Everything: the shipped tunes, loaded files, the whole session.</summary>
    Long,

    /// <summary>Only what the performer plays in this piece.</summary>
    Short,
}
