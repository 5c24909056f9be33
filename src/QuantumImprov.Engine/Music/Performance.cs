using System.Collections.Immutable;

namespace QuantumImprov.Engine.Music;

/// <summary>A message of a performance at its musical time.</summary>
/// <param name="At">Musical time from the start.</param>
/// <param name="Track">Which part it belongs to, from 0.</param>
/// <param name="Message">The message.</param>
public readonly record struct PartMessage(Beats At, int Track, ShortMessage Message);

/// <summary>Words of a performance at their musical time.</summary>
/// <param name="At">Musical time from the start.</param>
/// <param name="Track">Which part they belong to, from 0.</param>
/// <param name="Text">The words.</param>
public readonly record struct PartText(Beats At, int Track, string Text);

/// <summary>
/// What was played from beginning to end, free of any file format: messages in order of time, the tempo map they are read by, and the tracks' names.
/// Immutable.
/// </summary>
public sealed record Performance
{
    /// <summary>Tempo and metre.</summary>
    public required TempoMap Map { get; init; }

    /// <summary>Whether the source states a tempo; when false <see cref="Map"/> holds the default of 120.</summary>
    public bool StatesTempo { get; init; }

    /// <summary>Whether the source states a metre; when false <see cref="Map"/> holds the default of 4/4.</summary>
    public bool StatesMetre { get; init; }

    /// <summary>The tracks' names by number; empty where a track has none.</summary>
    public ImmutableArray<string> TrackNames { get; init; } = [];

    /// <summary>All channel messages of all tracks, sorted by time; of one time in the order of the source.</summary>
    public required ImmutableArray<PartMessage> Messages { get; init; }

    /// <summary>Words that stand at a time of a part, such as where a note came from. In any order.</summary>
    public ImmutableArray<PartText> Texts { get; init; } = [];

    /// <summary>The musical time at which the longest track ends; not before the last message.</summary>
    public Beats End { get; init; }
}
