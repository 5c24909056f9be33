namespace QuantumImprov.Engine.Music;

/// <summary>The two modes a key is heard in. Modal tunes count as the mode of their third: dorian as minor, mixolydian as major.</summary>
public enum Mode
{
    /// <summary>With a major third; the default.</summary>
    Major,

    /// <summary>With a minor third.</summary>
    Minor,
}
