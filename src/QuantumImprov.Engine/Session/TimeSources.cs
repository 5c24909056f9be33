namespace QuantumImprov.Engine.Session;

/// <summary>Whose time a session may follow, beside its own.</summary>
[Flags]
public enum TimeSources
{
    /// <summary>Nobody's.</summary>
    None = 0,

    /// <summary>A MIDI clock's.</summary>
    Clock = 1,

    /// <summary>That of a host's song, JACK's transport.</summary>
    Song = 2,

    /// <summary>Both; a clock is the stronger.</summary>
    All = 3,
}
