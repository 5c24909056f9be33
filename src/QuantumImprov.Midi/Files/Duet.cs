using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Files;

/// <summary>What this house leaves behind: a file of exactly two tracks, the performer and the partner.</summary>
public static class Duet
{
    /// <summary>Part numbers of the two.</summary>
    public const int Performer = 0, Partner = 1;

    /// <summary>The names of the two tracks.</summary>
    public static ImmutableArray<string> TrackNames { get; } = ["performer", "partner"];

    /// <summary>
    /// The file of a session: format 1, 960 ticks a quarter, tracks <c>performer</c> and <c>partner</c>, tempo and metre in the first, stated from tick 0 on even when
    /// <paramref name="map"/> leaves them at 120 and 4/4. <paramref name="messages"/> may come in any order; those of one time and part keep theirs.
    /// <paramref name="end"/> may be earlier than the last message, which then ends the file. <paramref name="texts"/> become text events. [any]
    /// </summary>
    /// <exception cref="ArgumentException">A part other than 0 and 1, a data byte above 127, or longer than <see cref="MidiFile.LongestQuarters"/>.</exception>
    public static MidiFile ToFile(TempoMap map, IEnumerable<PartMessage> messages, Beats end = default, ImmutableArray<PartText> texts = default)
    {
        ImmutableArray<PartMessage> all = [.. messages];
        foreach (var message in all)
        {
            if (message.Track is not (Performer or Partner)) throw new ArgumentException($"A message belongs to part {message.Track}; allowed are 0 and 1.", nameof(messages));
        }

        return new Performance { Map = Stated(map), TrackNames = TrackNames, Messages = all, End = end, Texts = texts.IsDefault ? [] : texts }.ToMidiFile();
    }

    private static TempoMap Stated(TempoMap map)
    {
        ImmutableArray<TempoChange> tempos = map.Tempos is [{ At.Ticks: <= 0 }, ..] ? map.Tempos : [new TempoChange(default, default), .. map.Tempos];
        ImmutableArray<MetreChange> metres = map.Metres is [{ At.Ticks: <= 0 }, ..] ? map.Metres : [new MetreChange(default, default), .. map.Metres];
        return new TempoMap(tempos, metres);
    }
}
