namespace QuantumImprov.Host.Stage.Protocol;

/// <summary>Names that the program has in a table.</summary>
internal enum NameTable
{
    /// <summary>The dials.</summary>
    Dials,

    /// <summary>What a control can press, hold or toggle.</summary>
    Actions,

    /// <summary>What a control can ask for: dials, the tempo and actions.</summary>
    Targets,

    /// <summary>Our ports.</summary>
    Ends,
}
