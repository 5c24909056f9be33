using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// Finds the tracks behind the header. A declared length is a claim, not a fact: it is believed when a chunk, or the end of the file, follows; otherwise the
/// track runs up to its end-of-track event or its first fault, and the next track is looked for from there. No byte is walked more than three times.
/// </summary>
internal ref struct ChunkReader(ReadOnlySpan<byte> bytes, int start, MidiFileFormat format, Division division, List<string> warnings)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly ImmutableArray<MidiFileTrack>.Builder _tracks = ImmutableArray.CreateBuilder<MidiFileTrack>();
    private long _longest = division.LongestTick;
    private int _at = start;

    /// <summary>Whether any event was read.</summary>
    public bool AnyEvent { get; private set; }

    /// <summary>The first fault that ended a track early; null when all tracks are whole.</summary>
    public string? FirstFault { get; private set; }

    private static ReadOnlySpan<byte> TrackId => "MTrk"u8;

    private readonly bool RoomForWarning => warnings.Count < MidiFileReader.MostWarnings;

    public ImmutableArray<MidiFileTrack> ReadTracks()
    {
        while (_at < _bytes.Length)
        {
            if (!BeginsChunk(_at)) SkipRubbish();
            else if (!_bytes[_at..].StartsWith(TrackId)) _at += 8 + (int)DeclaredLength(_at);
            else if (_tracks.Count < MidiFile.MostTracks) ReadTrack();
            else
            {
                if (RoomForWarning) warnings.Add($"The file holds more than {MidiFile.MostTracks} tracks; those from byte {_at} on were left out.");
                break;
            }
        }

        return _tracks.ToImmutable();
    }

    // Unknown chunks are allowed by the standard; four letters in the middle of music are told from them by their length.
    private readonly bool BeginsChunk(int at)
    {
        if (_bytes.Length - at < 8) return false;
        if (_bytes[at..].StartsWith(TrackId)) return true;
        foreach (var letter in _bytes.Slice(at, 4))
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter != ' ') return false;
        }

        return DeclaredLength(at) <= (uint)(_bytes.Length - at - 8);
    }

    private readonly uint DeclaredLength(int at) => BinaryPrimitives.ReadUInt32BigEndian(_bytes[(at + 4)..]);

    private readonly int NextTrack(int from)
    {
        var found = _bytes[from..].IndexOf(TrackId);
        return found < 0 ? _bytes.Length : from + found;
    }

    private void SkipRubbish()
    {
        var next = NextTrack(_at + 1);
        if (RoomForWarning) warnings.Add($"The bytes {_at} to {next - 1} hold no chunk; they were left out.");
        _at = next;
    }

    private void ReadTrack()
    {
        var body = _at + 8;
        var declared = DeclaredLength(_at);
        var believed = declared <= (uint)(_bytes.Length - body) && (body + declared == _bytes.Length || BeginsChunk(body + (int)declared));
        var limit = believed ? body + (int)declared : _bytes.Length;

        var walk = new TrackReader(_bytes, body, limit, _longest);
        var count = 0;
        while (walk.TryNext(out _)) count++;
        _tracks.Add(new MidiFileTrack(Take(body, limit, count), walk.Tick));
        AnyEvent |= count > 0;
        if (format == MidiFileFormat.OneAfterAnother) _longest -= walk.Tick;

        if (walk.AtEnd) AfterWholeTrack(body, declared, limit, walk.Position);
        else AfterFault(walk, count, believed ? limit : NextTrack(walk.Position));
    }

    // The second walk over the same bytes; counting first spares the growing of arrays, which a large file would feel.
    private readonly ImmutableArray<MidiFileEvent> Take(int body, int limit, int count)
    {
        if (count == 0) return [];
        var events = new MidiFileEvent[count];
        var walk = new TrackReader(_bytes, body, limit, _longest);
        for (var i = 0; walk.TryNext(out var token); i++)
        {
            events[i] = new MidiFileEvent(token.Tick, token.Head, ImmutableArray.Create(_bytes.Slice(token.DataStart, token.DataLength)));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(events);
    }

    private void AfterWholeTrack(int body, uint declared, int limit, int end)
    {
        _at = end;
        if (end - body == declared) return;
        var anotherTrackFollows = BeginsChunk(end) && _bytes[end..].StartsWith(TrackId);
        if (limit - body == declared && !anotherTrackFollows)
        {
            _at = limit;
            if (RoomForWarning) warnings.Add($"Track {_tracks.Count} ends at byte {end}; the {limit - end} bytes that follow in its chunk were left out.");
        }
        else if (RoomForWarning)
        {
            warnings.Add($"Track {_tracks.Count} declares a length of {declared} at byte {body - 4} but ends after {end - body} bytes; it was read to its end.");
        }
    }

    private void AfterFault(TrackReader walk, int count, int next)
    {
        _at = next;
        if (!RoomForWarning && FirstFault is not null) return;
        var kept = count switch { 0 => "no event stands before that", 1 => "the event before that was kept", _ => $"the {count} events before that were kept" };
        var sentence = $"Track {_tracks.Count} {walk.Describe()}; {kept}.";
        FirstFault ??= sentence;
        if (RoomForWarning) warnings.Add(sentence);
    }
}
