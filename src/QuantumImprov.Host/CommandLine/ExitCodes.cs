namespace QuantumImprov.Host.CommandLine;

/// <summary>What the program ends with.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>It was asked rightly and could not be done; one line says why.</summary>
    public const int Failed = 1;

    /// <summary>It was asked wrongly; one line says how it is asked.</summary>
    public const int Usage = 2;
}
