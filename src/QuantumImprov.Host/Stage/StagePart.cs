namespace QuantumImprov.Host.Stage;

/// <summary>Whose note it is.</summary>
public enum StagePart : byte
{
    /// <summary>The musician.</summary>
    Performer,

    /// <summary>QuantumImprov.</summary>
    Partner,
}
