using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;

namespace QuantumImprov.Engine.Evaluation;

/// <summary>A melody to be predicted.</summary>
/// <param name="Name">Where it came from.</param>
/// <param name="Pitches">0 to 127, in order.</param>
public sealed record Melody(string Name, ImmutableArray<int> Pitches)
{
    private readonly ImmutableArray<NoteTime> _times = [];

    /// <summary>When each note sounds; empty where only pitches are known.</summary>
    public ImmutableArray<NoteTime> Times
    {
        get => _times;
        init => (_times, Gaps, Durations) = (value, [.. value.Select((t, i) => i == 0 ? t.Place : Math.Max(0, t.Onset - value[i - 1].Onset))], [.. value.Select(t => t.Duration)]);
    }

    /// <summary>The key it is written in; null when it does not say.</summary>
    public Key? Signature { get; init; }

    /// <summary>Onset intervals; of the first note its place in the bar.</summary>
    public ImmutableArray<int> Gaps { get; private init; } = [];

    /// <summary>Durations.</summary>
    public ImmutableArray<int> Durations { get; private init; } = [];

    /// <summary>What is to be foretold of each note.</summary>
    public ImmutableArray<int> Values(Aspect aspect) => aspect switch { Aspect.Onset => Gaps, Aspect.Duration => Durations, _ => Pitches };
}
