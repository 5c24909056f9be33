using System.Collections.Immutable;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// A Standard MIDI File as it stands: nothing interpreted, nothing left out but chunks of unknown type. Whatever can be constructed can be written, and is
/// read back equal. Immutable.
/// </summary>
public sealed class MidiFile : IEquatable<MidiFile>
{
    /// <summary>The longest file in quarter notes: 5.8 days at 120. Beyond it lie only broken files, and clock time that no longer fits its type.</summary>
    public const int LongestQuarters = 1_000_000;

    /// <summary>The most tracks a header can count.</summary>
    public const int MostTracks = 0xFFFF;

    /// <summary>A file of <paramref name="tracks"/>.</summary>
    /// <exception cref="ArgumentException">
    /// No track, more than <see cref="MostTracks"/>, several in <see cref="MidiFileFormat.OneTrack"/>, or longer than <see cref="LongestQuarters"/>.
    /// </exception>
    public MidiFile(MidiFileFormat format, Division division, ImmutableArray<MidiFileTrack> tracks)
    {
        var most = format == MidiFileFormat.OneTrack ? 1 : MostTracks;
        if (tracks.IsDefaultOrEmpty || tracks.Length > most)
        {
            var found = tracks.IsDefault ? 0 : tracks.Length;
            throw new ArgumentException($"A file of format {(int)format} is to hold {found} tracks; allowed is 1{(most > 1 ? $" to {most}" : "")}.", nameof(tracks));
        }

        (Format, Division, Tracks) = (format, division, tracks);
        if (Length > division.LongestTick)
        {
            throw new ArgumentException($"The file lasts {Length} ticks; allowed are {division.LongestTick} at {division}.", nameof(tracks));
        }
    }

    /// <summary>How the tracks belong together.</summary>
    public MidiFileFormat Format { get; }

    /// <summary>What a tick is.</summary>
    public Division Division { get; }

    /// <summary>The tracks in the order of the file; at least one.</summary>
    public ImmutableArray<MidiFileTrack> Tracks { get; }

    /// <summary>The tick at which the file ends: its longest track, or the sum of all tracks when they follow each other.</summary>
    public long Length
    {
        get
        {
            long length = 0;
            foreach (var track in Tracks) length = Format == MidiFileFormat.OneAfterAnother ? length + track.End : Math.Max(length, track.End);
            return length;
        }
    }

    /// <inheritdoc/>
    public bool Equals(MidiFile? other) =>
        other is not null && Format == other.Format && Division == other.Division && Tracks.AsSpan().SequenceEqual(other.Tracks.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MidiFile);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Format, Division, Tracks.Length, Tracks[0]);
}
