namespace QuantumImprov.Engine.Listening;

/// <summary>Which note of a chord carries the melody.</summary>
public enum MelodyVoice
{
    /// <summary>The highest; the default.</summary>
    Top,

    /// <summary>The lowest, for bass players.</summary>
    Bottom,
}
