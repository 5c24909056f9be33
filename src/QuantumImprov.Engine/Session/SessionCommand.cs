using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Session;

/// <summary>What a face can ask of a session.</summary>
public enum CommandKind
{
    /// <summary>Silence everything now.</summary>
    Panic,

    /// <summary>Play at <see cref="SessionCommand.Value"/> quarters a minute from now on, 20 to 400.</summary>
    Tempo,

    /// <summary>Set the coherence to <see cref="SessionCommand.Value"/>, 0 to 1.</summary>
    Coherence,

    /// <summary>Turn one half of the members against the other by <see cref="SessionCommand.Value"/>, 0 to 1.</summary>
    Phase,

    /// <summary>Set the novelty to <see cref="SessionCommand.Value"/>, 0 to 1.</summary>
    Novelty,

    /// <summary>Forget the phrase being played, or else the one played last.</summary>
    Forget,

    /// <summary>Of all the performer's phrases keep the last <see cref="SessionCommand.Value"/>, 0 or more.</summary>
    Keep,

    /// <summary>Go back to what a fresh install knows.</summary>
    Clear,

    /// <summary>Know what <see cref="SessionCommand.Content"/> holds and nothing else.</summary>
    Load,

    /// <summary>Play as <see cref="SessionCommand.Preset"/> says from now on; dials and way of playing stand where it puts them.</summary>
    Preset,
}

/// <summary>A wish of a face; carried out by the engine in order of arrival.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Value">Its argument; 0 where it has none. Out of range: brought into range.</param>
public readonly record struct SessionCommand(HostTime At, CommandKind Kind, double Value = 0)
{
    /// <summary>What to load; null where nothing is.</summary>
    public RepertoireContent? Content { get; init; }

    /// <summary>How to play; null where that does not change.</summary>
    public Presets.Preset? Preset { get; init; }

    /// <summary>The name of what is loaded or played; null where nothing is.</summary>
    public string? Name { get; init; }
}
