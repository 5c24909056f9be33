namespace QuantumImprov.Engine.Evaluation;

/// <summary>What of a note is foretold. In the full view it is sampled in this order: onset, duration, pitch.</summary>
public enum Aspect
{
    /// <summary>The onset interval from the note before; of the first note, its place in the bar.</summary>
    Onset,

    /// <summary>The duration, the onset being known.</summary>
    Duration,

    /// <summary>The pitch; in the full view onset and duration are known.</summary>
    Pitch,
}
