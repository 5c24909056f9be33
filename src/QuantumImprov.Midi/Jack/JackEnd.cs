namespace QuantumImprov.Midi.Jack;

/// <summary>One of our own four ports.</summary>
public enum JackEnd
{
    /// <summary>MIDI input <c>in</c>.</summary>
    In,

    /// <summary>MIDI output <c>out</c>.</summary>
    Out,

    /// <summary>Audio output <c>left</c>.</summary>
    Left,

    /// <summary>Audio output <c>right</c>.</summary>
    Right,
}
