namespace QuantumImprov.Storage.Data;

/// <summary>Whose customs decide where data lives.</summary>
public enum DataPlatform
{
    /// <summary>$XDG_DATA_HOME/quantumimprov, else ~/.local/share/quantumimprov.</summary>
    Linux,

    /// <summary>%LOCALAPPDATA%\QuantumImprov.</summary>
    Windows,

    /// <summary>~/Library/Application Support/QuantumImprov.</summary>
    MacOS,
}
