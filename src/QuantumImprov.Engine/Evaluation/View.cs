namespace QuantumImprov.Engine.Evaluation;

/// <summary>What models may know of a note before its pitch.</summary>
public enum View
{
    /// <summary>The pitches so far and nothing else.</summary>
    Pitch,

    /// <summary>Rhythm, metre and key signature as well, and the note's own onset and duration, which are foretold first.</summary>
    Full,
}
