namespace QuantumImprov.Engine.Music;

/// <summary>Which of the two common scales a key has.</summary>
public enum Mode
{
    /// <summary>The major scale.</summary>
    Major,

    /// <summary>The natural minor scale; its raised sixth and seventh count as in key.</summary>
    Minor,
}
