using System.Collections.Immutable;

namespace QuantumImprov.Midi.Files;

/// <summary>A track: events in order of time, and the tick at which it ends. Immutable; equal when all events and the end are.</summary>
public sealed class MidiFileTrack : IEquatable<MidiFileTrack>
{
    /// <summary>A track of <paramref name="events"/> that ends at <paramref name="end"/>.</summary>
    /// <exception cref="ArgumentException">Times decrease, or lie further apart than a file can state (<see cref="MidiFileEvent.LargestNumber"/> ticks).</exception>
    public MidiFileTrack(ImmutableArray<MidiFileEvent> events, long end)
    {
        long last = 0;
        foreach (var e in events) last = Following(last, e.Tick, nameof(events));
        Following(last, end, nameof(end));
        (Events, End) = (events, end);
    }

    /// <summary>All events but the end of the track, in order of time.</summary>
    public ImmutableArray<MidiFileEvent> Events { get; }

    /// <summary>The tick of the end of the track; not before the last event.</summary>
    public long End { get; }

    /// <summary>The text of the first track name; empty when there is none.</summary>
    public string Name
    {
        get
        {
            foreach (var e in Events)
            {
                if (e.MetaType == MetaType.TrackName) return FileText.Decode(e.Data.AsSpan());
            }

            return "";
        }
    }

    /// <inheritdoc/>
    public bool Equals(MidiFileTrack? other) => other is not null && End == other.End && Events.AsSpan().SequenceEqual(other.Events.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MidiFileTrack);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Events.Length, End);

    private static long Following(long last, long tick, string what) => tick >= last && tick - last <= MidiFileEvent.LargestNumber
        ? tick
        : throw new ArgumentException($"Tick {last} is followed by tick {tick}; allowed is the same tick or up to {MidiFileEvent.LargestNumber} later.", what);
}
