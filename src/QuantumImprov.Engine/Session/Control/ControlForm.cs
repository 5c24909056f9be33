namespace QuantumImprov.Engine.Session.Control;

/// <summary>How a moved control becomes a command.</summary>
public enum ControlForm
{
    /// <summary>The value turns a dial.</summary>
    Dial,

    /// <summary>Each press asks once; letting go says nothing.</summary>
    Press,

    /// <summary>On while it is down.</summary>
    Hold,

    /// <summary>Each press turns a switch over.</summary>
    Toggle,
}
