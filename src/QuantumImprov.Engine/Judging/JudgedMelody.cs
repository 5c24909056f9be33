using System.Collections.Immutable;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Repertoire;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Judging;

/// <summary>A melody with its times and metres, to be cut into call and answer. Immutable.</summary>
/// <param name="Name">Where it came from.</param>
/// <param name="Notes">Sorted by onset, duration and pitch; onsets and durations on the grid of <see cref="NoteTime.Unit"/>, durations positive.</param>
/// <param name="Map">Its metres.</param>
public sealed record JudgedMelody(string Name, ImmutableArray<CallNote> Notes, TempoMap Map)
{
    /// <summary>The key it is written in; null when it does not say.</summary>
    public Key? Signature { get; init; }

    /// <summary>How many notes its first half, the call, has.</summary>
    public int Half => Notes.Length / 2;

    /// <summary>All notes in its metres.</summary>
    public ImmutableArray<MeasuredNote> Measured { get; } = Measure(Notes, Map);

    /// <summary>Any notes in these metres, such as an answer's.</summary>
    public static ImmutableArray<MeasuredNote> Measure(IEnumerable<CallNote> notes, TempoMap map) => [.. notes.Select(n =>
    {
        var timeline = map.At(n.Onset);
        return new MeasuredNote(n.Pitch, NoteTime.Of(n.Onset, n.Duration, timeline.BarOrigin, timeline.Metre));
    })];
}
