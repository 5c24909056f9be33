namespace QuantumImprov.Engine.Session.Control;

/// <summary>What a message was to the controls.</summary>
public enum ControlHearing
{
    /// <summary>Nothing: it is music.</summary>
    Music,

    /// <summary>Theirs; nothing is asked for now.</summary>
    Taken,

    /// <summary>Theirs; something is asked for.</summary>
    Asked,
}
