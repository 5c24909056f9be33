namespace QuantumImprov.Midi.Ports;

/// <summary>Which of our two MIDI ends is meant.</summary>
public enum PortDirection
{
    /// <summary>What we listen to.</summary>
    In,

    /// <summary>What we play to.</summary>
    Out,
}
