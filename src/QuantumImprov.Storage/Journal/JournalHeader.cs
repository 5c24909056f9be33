using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>What a session starts from; with the entries that follow it is all that is needed to hear the session again. Immutable.</summary>
public sealed record JournalHeader
{
    /// <summary>The version of the product that played.</summary>
    public required string ProductVersion { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The preset's name, or the path it was read from.</summary>
    public required string PresetName { get; init; }

    /// <summary>The preset's whole text as it was in force.</summary>
    public required string PresetText { get; init; }

    /// <summary>The session clock's reading at the start; the journal counts its times from here.</summary>
    public required HostTime ClockOrigin { get; init; }

    /// <summary>Tempo, metre and origins at the start.</summary>
    public required Timeline Timeline { get; init; }

    /// <summary>What else it started from, such as what was known; each name once.</summary>
    public ImmutableArray<JournalGiven> Given { get; init; } = [];

    /// <summary>The wall time of the start with its zone; filled in when the journal is opened, whatever it was before.</summary>
    public DateTimeOffset StartedAt { get; init; }
}
