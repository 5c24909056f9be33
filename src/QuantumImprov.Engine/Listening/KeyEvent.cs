using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Listening;

/// <summary>What a message did to the keyboard.</summary>
public enum KeyChange
{
    /// <summary>Nothing that is listened to.</summary>
    None,

    /// <summary>A key went down.</summary>
    Down,

    /// <summary>A key came up.</summary>
    Up,

    /// <summary>All keys came up at once (all notes off, all sound off, reset).</summary>
    AllUp,
}

/// <summary>A key that moved.</summary>
/// <param name="At">When.</param>
/// <param name="Change">What happened.</param>
/// <param name="Pitch">Which key, 0 to 127; 0 when all.</param>
/// <param name="Velocity">How fast it went down, 1 to 127; 0 when it came up.</param>
public readonly record struct KeyEvent(HostTime At, KeyChange Change, byte Pitch, byte Velocity)
{
    /// <summary>How much earlier it moved than was told, in nanoseconds, 0 or more: a page that was busy tells late. Everything due goes by <see cref="At"/>, the music by <see cref="Played"/>.</summary>
    public long Late { get; init; }

    /// <summary>When it really moved.</summary>
    public HostTime Played => At.Plus(-Late);
}
