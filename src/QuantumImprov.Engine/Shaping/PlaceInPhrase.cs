namespace QuantumImprov.Engine.Shaping;

/// <summary>Where a bar stands in its phrase.</summary>
public enum PlaceInPhrase
{
    /// <summary>The first of several.</summary>
    Opening,

    /// <summary>Neither the first nor the last.</summary>
    Within,

    /// <summary>The last, or the only one.</summary>
    Closing,
}
