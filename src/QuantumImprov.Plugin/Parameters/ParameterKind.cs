namespace QuantumImprov.Plugin.Parameters;

/// <summary>How a parameter moves and is shown.</summary>
internal enum ParameterKind
{
    /// <summary>Any number from 0 to 1, shown in percent.</summary>
    Share,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>One of several names; the value is the place in the list, from 0.</summary>
    Choice,

    /// <summary>Off (0) or on (1).</summary>
    Switch,

    /// <summary>Asks for something when it goes from 0 to 1; where it stands means nothing.</summary>
    Press,
}
