namespace QuantumImprov.Quantum.Backends;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>The backend named a state nobody here knows; it is asked again.</summary>
    Unknown,

    /// <summary>It waits.</summary>
    Queued,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>Its results are there.</summary>
    Done,

    /// <summary>It ended without results.</summary>
    Failed,

    /// <summary>It was called off.</summary>
    Cancelled,
}
