using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Files;

/// <summary>
/// Walks the events of one track without copying anything; what it meets first, the end of the track, a fault or its limit, ends the walk. Running status is kept
/// across meta events and system exclusive data: the standard forbids to rely on that, but there are files that do.
/// </summary>
internal ref struct TrackReader(ReadOnlySpan<byte> bytes, int start, int limit, long longest)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes[..limit];
    private byte _running;
    private long _found;
    private int _faultAt;

    /// <summary>The byte after the last whole event.</summary>
    public int Position { get; private set; } = start;

    /// <summary>The tick of the last whole event, or of the end of the track.</summary>
    public long Tick { get; private set; }

    /// <summary>Whether the end of the track was met.</summary>
    public bool AtEnd { get; private set; }

    public TrackFault Fault { get; private set; }

    /// <summary>The next event; false at the end of the track and at a fault.</summary>
    public bool TryNext(out TrackToken token)
    {
        token = default;
        if (AtEnd || Fault != TrackFault.None) return false;
        if (Position == _bytes.Length) return Fail(TrackFault.MissingEnd, Position);
        var at = Position;
        if (!TryNumber(ref at, out var delta)) return false;
        if (delta > longest - Tick) return Fail(TrackFault.TooLate, Position, Tick + delta);
        var tick = Tick + delta;
        if (at == _bytes.Length) return Fail(TrackFault.Cut, at);
        var status = _bytes[at];
        if (status >= 0x80) at++;
        else if ((status = _running) == 0) return Fail(TrackFault.NoStatus, at, _bytes[at]);

        var read = status < 0xF0 ? TryChannel(ref at, tick, status, out token) : TryLong(ref at, tick, status, out token);
        if (!read) return false;
        (Position, Tick) = (at, tick);
        AtEnd = token.Head is { Status: 0xFF, Data1: MetaType.EndOfTrack };
        return !AtEnd;
    }

    /// <summary>What ended the walk, as the beginning of a sentence.</summary>
    public readonly string Describe() => Fault switch
    {
        TrackFault.MissingEnd => $"stops at byte {_faultAt} without an end-of-track event",
        TrackFault.Cut => $"is cut off at byte {_faultAt} in the middle of an event",
        TrackFault.NoStatus => $"has the byte {_found:X2} at byte {_faultAt} where the first status byte, 80 to FF, is due",
        TrackFault.WrongStatus => $"has the status byte {_found:X2} at byte {_faultAt}; a file allows 80 to F0, F7 and FF",
        TrackFault.WrongData => $"has the byte {_found:X2} at byte {_faultAt} where a data byte, 00 to 7F, is due",
        TrackFault.LongNumber => $"has a number of more than four bytes at byte {_faultAt}",
        TrackFault.DataBeyondEnd => $"declares an event of {_found} bytes at byte {_faultAt} where {_bytes.Length - _faultAt} are left",
        TrackFault.TooLate => $"jumps to tick {_found} at byte {_faultAt}; allowed is {longest}",
        _ => "is sound",
    };

    private bool TryChannel(ref int at, long tick, byte status, out TrackToken token)
    {
        token = default;
        var count = status is >= 0xC0 and < 0xE0 ? 1 : 2;
        for (var i = at; i < at + count; i++)
        {
            if (i == _bytes.Length) return Fail(TrackFault.Cut, i);
            if (_bytes[i] >= 0x80) return Fail(TrackFault.WrongData, i, _bytes[i]);
        }

        _running = status;
        token = new TrackToken(tick, new ShortMessage(status, _bytes[at], count == 2 ? _bytes[at + 1] : (byte)0), 0, 0);
        at += count;
        return true;
    }

    private bool TryLong(ref int at, long tick, byte status, out TrackToken token)
    {
        token = default;
        if (status is not (0xF0 or 0xF7 or 0xFF)) return Fail(TrackFault.WrongStatus, at - 1, status);
        byte type = 0;
        if (status == 0xFF)
        {
            if (at == _bytes.Length) return Fail(TrackFault.Cut, at);
            type = _bytes[at];
            if (type >= 0x80) return Fail(TrackFault.WrongData, at, type);
            at++;
        }

        if (!TryNumber(ref at, out var length)) return false;
        if (length > _bytes.Length - at) return Fail(TrackFault.DataBeyondEnd, at, length);
        token = new TrackToken(tick, new ShortMessage(status, type, 0), at, length);
        at += length;
        return true;
    }

    private bool TryNumber(ref int at, out int number)
    {
        number = 0;
        for (var i = at; i < at + 4; i++)
        {
            if (i == _bytes.Length) return Fail(TrackFault.Cut, i);
            number = number << 7 | _bytes[i] & 0x7F;
            if (_bytes[i] >= 0x80) continue;
            at = i + 1;
            return true;
        }

        return Fail(TrackFault.LongNumber, at);
    }

    private bool Fail(TrackFault fault, int at, long found = 0)
    {
        (Fault, _faultAt, _found) = (fault, at, found);
        return false;
    }
}
