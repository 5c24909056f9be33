namespace QuantumImprov.Engine.Session;

/// <summary>Who keeps a session's time now; docs/time.md has their order.</summary>
public enum TimeKeeper
{
    /// <summary>The performer: the beat is found in each phrase.</summary>
    Phrases,

    /// <summary>The session itself, at the tempo it was told or has been left with.</summary>
    Stated,

    /// <summary>The session itself, at the tempo that was tapped.</summary>
    Tapped,

    /// <summary>A MIDI clock on the input.</summary>
    Clock,

    /// <summary>The song of a host that rolls: JACK's transport.</summary>
    Song,
}
