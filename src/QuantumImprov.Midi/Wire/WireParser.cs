using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;

namespace QuantumImprov.Midi.Wire;

/// <summary>
/// Makes messages of a stream of MIDI bytes, whatever the bytes are: running status, real-time bytes in the middle of other messages, system exclusive data
/// (skipped), stray bytes (skipped). Every byte completes at most one message; what is in no message that came out is in one of the counts.
/// One thread feeds it; its memory is its fields.
/// </summary>
public sealed class WireParser
{
    /// <summary>The longest system exclusive data that is waited for, in bytes (1 MiB); what follows without an end counts as stray.</summary>
    public const int LongestSystemExclusive = 1 << 20;

    // Status of the message being collected, 0 when none is; 0xF0 within system exclusive data.
    private byte _status;
    private byte _first;
    private bool _begun;
    private bool _haveFirst;
    private int _systemExclusiveLength;
    private long _stray;
    private long _broken;
    private long _systemExclusives;
    private long _systemExclusiveBytes;

    /// <summary>Bytes that belonged to nothing: data without status, F7 without beginning, the undefined F4 and F5. [any]</summary>
    public long Stray => Volatile.Read(ref _stray);

    /// <summary>Messages that were cut off by the next status byte before they were complete; their bytes are lost. [any]</summary>
    public long Broken => Volatile.Read(ref _broken);

    /// <summary>System exclusive messages that began. [any]</summary>
    public long SystemExclusives => Volatile.Read(ref _systemExclusives);

    /// <summary>Bytes of system exclusive messages, F0 and F7 included. [any]</summary>
    public long SystemExclusiveBytes => Volatile.Read(ref _systemExclusiveBytes);

    /// <summary>
    /// Takes bytes off the front of <paramref name="bytes"/> until a message is complete; false when the bytes are used up first. Call it until it is false.
    /// </summary>
    [RealTime]
    public bool TryRead(ref ReadOnlySpan<byte> bytes, out ShortMessage message)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!Take(bytes[i], out message)) continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        bytes = default;
        message = default;
        return false;
    }

    /// <summary>Takes one byte; true when it completes <paramref name="message"/>.</summary>
    [RealTime]
    public bool Take(byte next, out ShortMessage message)
    {
        message = default;
        if (next >= 0xF8)
        {
            message = new ShortMessage(next, 0, 0);
            return true;
        }

        return next >= 0x80 ? TakeStatus(next, ref message) : TakeData(next, ref message);
    }

    /// <summary>Forgets a message half read and the running status, as after a cable was pulled; the counts stay.</summary>
    [RealTime]
    public void Reset()
    {
        if (_begun) Volatile.Write(ref _broken, _broken + 1);
        (_status, _begun, _haveFirst) = (0, false, false);
    }

    [RealTime]
    private bool TakeStatus(byte status, ref ShortMessage message)
    {
        var endsSystemExclusive = _status == 0xF0 && status == 0xF7;
        Reset();
        switch (status)
        {
            case < 0xF0 or 0xF1 or 0xF2 or 0xF3:
                (_status, _begun) = (status, true);
                return false;
            case 0xF0:
                _status = status;
                _systemExclusiveLength = 1;
                Volatile.Write(ref _systemExclusives, _systemExclusives + 1);
                Volatile.Write(ref _systemExclusiveBytes, _systemExclusiveBytes + 1);
                return false;
            case 0xF6:
                message = new ShortMessage(status, 0, 0);
                return true;
            default:
                if (endsSystemExclusive) Volatile.Write(ref _systemExclusiveBytes, _systemExclusiveBytes + 1);
                else Volatile.Write(ref _stray, _stray + 1);
                return false;
        }
    }

    [RealTime]
    private bool TakeData(byte data, ref ShortMessage message)
    {
        if (_status == 0xF0 && _systemExclusiveLength < LongestSystemExclusive)
        {
            _systemExclusiveLength++;
            Volatile.Write(ref _systemExclusiveBytes, _systemExclusiveBytes + 1);
            return false;
        }

        if (_status is 0 or 0xF0)
        {
            _status = 0;
            Volatile.Write(ref _stray, _stray + 1);
            return false;
        }

        var needed = _status is (>= 0xC0 and < 0xE0) or 0xF1 or 0xF3 ? 1 : 2;
        if (needed == 2 && !_haveFirst)
        {
            (_first, _haveFirst, _begun) = (data, true, true);
            return false;
        }

        message = needed == 2 ? new ShortMessage(_status, _first, data) : new ShortMessage(_status, data, 0);
        (_haveFirst, _begun) = (false, false);
        // Only channel messages run on.
        if (_status > 0xF0) _status = 0;
        return true;
    }
}
