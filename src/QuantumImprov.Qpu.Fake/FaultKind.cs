namespace QuantumImprov.Qpu.Fake;

/// <summary>What can go wrong.</summary>
public enum FaultKind
{
    /// <summary>The server answers with a status and does nothing.</summary>
    Status,

    /// <summary>The request is carried out and the connection reset before the answer.</summary>
    ResetAfter,

    /// <summary>The connection is reset and nothing carried out.</summary>
    ResetBefore,

    /// <summary>The answer is no JSON.</summary>
    Malformed,

    /// <summary>Half of the answer comes.</summary>
    Truncated,

    /// <summary>Results are of one circuit too few.</summary>
    TooFew,

    /// <summary>Results set bits that the circuit does not have.</summary>
    Lying,

    /// <summary>The state of jobs is a word nobody knows.</summary>
    UnknownState,

    /// <summary>Jobs cannot be called off.</summary>
    NoCancel,
}
