namespace QuantumImprov.Host.Stage;

/// <summary>Whose turn it is.</summary>
public enum StageTurn : byte
{
    /// <summary>Nobody plays.</summary>
    Idle,

    /// <summary>The performer plays, the partner listens.</summary>
    Listening,

    /// <summary>The partner plays.</summary>
    Answering,
}
