using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Judging;

/// <summary>A melody with its times and metres, to be cut into call and answer. Immutable.</summary>
/// <param name="name">Where it came from.</param>
/// <param name="notes">Sorted by onset, duration and pitch; onsets and durations on the grid of <see cref="NoteTime.Unit"/>, durations positive.</param>
/// <param name="map">Its metres.</param>
public sealed class JudgedMelody(string name, ImmutableArray<CallNote> notes, TempoMap map)
{
    /// <summary>Where it came from.</summary>
    public string Name { get; } = name;

    /// <summary>The notes.</summary>
    public ImmutableArray<CallNote> Notes { get; } = notes;

    /// <summary>Its metres.</summary>
    public TempoMap Map { get; } = map;

    /// <summary>The key it is written in; null when it does not say.</summary>
    public Key? Signature { get; init; }

    /// <summary>How many notes its first half, the call, has.</summary>
    public int Half => Notes.Length / 2;

    /// <summary>All notes in its metres.</summary>
    public ImmutableArray<MeasuredNote> Measured { get; } = Measure(notes, map);

    /// <summary>Any notes in these metres, such as an answer's.</summary>
    public static ImmutableArray<MeasuredNote> Measure(IEnumerable<CallNote> notes, TempoMap map) => [.. notes.Select(n =>
    {
        var timeline = map.At(n.Onset);
        return new MeasuredNote(n.Pitch, NoteTime.Of(n.Onset, n.Duration, timeline.BarOrigin, timeline.Metre));
    })];
}
