namespace QuantumImprov.Engine.Presets;

/// <summary>How performer and partner share the music.</summary>
public enum WayOfPlaying
{
    /// <summary>The partner answers each phrase when it is over, and stops when the performer plays.</summary>
    Answer,

    /// <summary>Performer and partner take turns of so many bars, from bar line to bar line.</summary>
    Trade,

    /// <summary>Both play: the partner fills where the performer rests, thins where he is busy, and keeps out of his register.</summary>
    Duet,

    /// <summary>A second voice sounds with every key, at an interval of the key.</summary>
    Follow,

    /// <summary>While the soft pedal (controller 67) is down the partner goes on in the performer's place.</summary>
    Continue,
}
