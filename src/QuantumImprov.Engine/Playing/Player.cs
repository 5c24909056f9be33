using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>
/// Emits due notes at their instant and always knows which are sounding. Two threads meet here: the engine hands notes in and raises the epoch, the player's
/// thread (a JACK callback, or a thread of its own) calls <see cref="Turn"/> once a period. Every note-on that went out gets its note-off, whatever happens.
/// All memory is taken at construction.
/// </summary>
public sealed class Player
{
    /// <summary>How many notes may wait in the player, and how many may sound at once.</summary>
    public const int PendingCapacity = 4096, SoundingCapacity = 256;

    /// <summary>How many of the last ended notes <see cref="RepeatEndings"/> knows, and how old they may be, in nanoseconds.</summary>
    public const int EndingsKept = 64, EndingsAge = 2_000_000_000;

    private readonly SpscRing<PlannedNote> _handed = new(PendingCapacity);
    private readonly SpscRing<TimedMessage> _emitted = new(PendingCapacity * 4);
    private readonly PlannedNote[] _pending = new PlannedNote[PendingCapacity];
    private readonly PlannedNote[] _sounding = new PlannedNote[SoundingCapacity];
    private readonly TimedMessage[] _endings = new TimedMessage[EndingsKept];
    private int _pendingCount;
    private int _soundingCount;
    private int _turnEpoch;
    private int _epoch;
    private int _panicAsked;
    private int _panicDone;
    private int _repeatAsked;
    private int _repeatDone;
    private int _endingCount;
    private long _late;
    private long _refused;

    /// <summary>Notes that sound now. [any]</summary>
    public int Sounding => Volatile.Read(ref _soundingCount);

    /// <summary>Notes that wait in the player for their instant. [any]</summary>
    public int Pending => Volatile.Read(ref _pendingCount) + _handed.Count;

    /// <summary>Notes whose instant had passed when they reached the player; they were played at once. [any]</summary>
    public long Late => Volatile.Read(ref _late);

    /// <summary>Notes that found no room and were left out whole. [any]</summary>
    public long Refused => Volatile.Read(ref _refused) + _handed.Refused;

    /// <summary>The epoch in force: notes of older epochs do not start any more. [any]</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    /// <summary>Hands <paramref name="note"/> over; false when there is no room. [engine]</summary>
    public bool TryHand(in PlannedNote note) => _handed.TryWrite(note);

    /// <summary>Makes all earlier epochs stale: from the next turn on their waiting notes are dropped and their sounding notes end. [engine]</summary>
    public int RaiseEpoch()
    {
        var epoch = _epoch + 1;
        Volatile.Write(ref _epoch, epoch);
        return epoch;
    }

    /// <summary>Ends everything at the next turn, and tells receivers to end what they may still hold (controllers 64, 123 and 120 on all channels). [engine]</summary>
    public void Panic()
    {
        RaiseEpoch();
        Volatile.Write(ref _panicAsked, _panicAsked + 1);
    }

    /// <summary>
    /// Sends, at the next turn, the note-offs of the last two seconds once more, but for pitches that sound again: a receiver that lost a period to an xrun
    /// may have lost one of them. They are no new events: <see cref="TryReadEmitted"/> does not give them again. Real-time safe. [any]
    /// </summary>
    [RealTime]
    public void RepeatEndings() => Interlocked.Increment(ref _repeatAsked);

    /// <summary>Takes the next message that went out, in order; false when there is none. [engine]</summary>
    public bool TryReadEmitted(out TimedMessage message) => _emitted.TryRead(out message);

    /// <summary>
    /// Plays the period from <paramref name="from"/> up to but not including <paramref name="until"/>: what is due goes to <paramref name="sink"/> in order of
    /// time, note-offs before note-ons of the same instant. A note that is already late goes out at <paramref name="from"/>. [player]
    /// </summary>
    [RealTime]
    public void Turn(HostTime from, HostTime until, IMessageSink sink)
    {
        var epoch = Volatile.Read(ref _epoch);
        if (epoch != _turnEpoch) DropStale(epoch, from, sink);
        if (_panicDone != Volatile.Read(ref _panicAsked)) SendPanic(from, sink);
        if (_repeatDone != Volatile.Read(ref _repeatAsked)) SendEndings(from, sink);
        while (_handed.TryRead(out var note))
        {
            if (note.Epoch - epoch < 0) continue;
            if (_pendingCount < PendingCapacity) Push(note);
            else Volatile.Write(ref _refused, _refused + 1);
        }

        while (true)
        {
            var on = _pendingCount > 0 ? _pending[0].On : HostTime.Never;
            var off = EarliestOff(out var ending);
            if (HostTime.Min(on, off) >= until) return;
            if (off <= on) EndSounding(ending, HostTime.Max(off, from), sink);
            else Start(Pop(), from, sink);
        }
    }

    [RealTime]
    private void Start(PlannedNote note, HostTime from, IMessageSink sink)
    {
        var at = HostTime.Max(note.On, from);
        if (note.On < from) Volatile.Write(ref _late, _late + 1);
        for (var i = 0; i < _soundingCount; i++)
        {
            if (_sounding[i].Pitch != note.Pitch || _sounding[i].Channel != note.Channel) continue;
            EndSounding(i, at, sink);
            break;
        }

        if (_soundingCount == SoundingCapacity)
        {
            Volatile.Write(ref _refused, _refused + 1);
            return;
        }

        _sounding[_soundingCount] = note with { Off = HostTime.Max(note.Off, at.Plus(1)) };
        Volatile.Write(ref _soundingCount, _soundingCount + 1);
        Send(at, ShortMessage.NoteOn(note.Channel, note.Pitch, note.Velocity), sink);
    }

    [RealTime]
    private void EndSounding(int index, HostTime at, IMessageSink sink)
    {
        var note = _sounding[index];
        _sounding[index] = _sounding[_soundingCount - 1];
        Volatile.Write(ref _soundingCount, _soundingCount - 1);
        var ending = new TimedMessage(at, ShortMessage.NoteOff(note.Channel, note.Pitch));
        _endings[_endingCount++ % EndingsKept] = ending;
        Send(at, ending.Message, sink);
    }

    [RealTime]
    private void SendEndings(HostTime from, IMessageSink sink)
    {
        _repeatDone = Volatile.Read(ref _repeatAsked);
        for (var i = Math.Max(0, _endingCount - EndingsKept); i < _endingCount; i++)
        {
            var ending = _endings[i % EndingsKept];
            if (from.Since(ending.At) <= EndingsAge && !IsSounding(ending.Message)) sink.Repeat(from, ending.Message);
        }
    }

    [RealTime]
    private bool IsSounding(ShortMessage message)
    {
        for (var i = 0; i < _soundingCount; i++)
        {
            if (_sounding[i].Pitch == message.Data1 && _sounding[i].Channel == message.Channel) return true;
        }

        return false;
    }

    [RealTime]
    private void DropStale(int epoch, HostTime from, IMessageSink sink)
    {
        _turnEpoch = epoch;
        for (var i = _soundingCount - 1; i >= 0; i--)
        {
            if (_sounding[i].Epoch - epoch < 0) EndSounding(i, from, sink);
        }

        var kept = 0;
        for (var i = 0; i < _pendingCount; i++)
        {
            if (_pending[i].Epoch - epoch >= 0) _pending[kept++] = _pending[i];
        }

        Volatile.Write(ref _pendingCount, kept);
        for (var i = kept / 2 - 1; i >= 0; i--) SiftDown(i);
    }

    [RealTime]
    private void SendPanic(HostTime from, IMessageSink sink)
    {
        _panicDone = Volatile.Read(ref _panicAsked);
        while (_soundingCount > 0) EndSounding(_soundingCount - 1, from, sink);
        for (var channel = 0; channel < 16; channel++)
        {
            Send(from, ShortMessage.Control(channel, 64, 0), sink);
            Send(from, ShortMessage.Control(channel, 123, 0), sink);
            Send(from, ShortMessage.Control(channel, 120, 0), sink);
        }
    }

    [RealTime]
    private void Send(HostTime at, ShortMessage message, IMessageSink sink)
    {
        sink.Emit(at, message);
        _emitted.TryWrite(new TimedMessage(at, message));
    }

    [RealTime]
    private HostTime EarliestOff(out int index)
    {
        index = -1;
        var earliest = HostTime.Never;
        for (var i = 0; i < _soundingCount; i++)
        {
            if (_sounding[i].Off >= earliest) continue;
            earliest = _sounding[i].Off;
            index = i;
        }

        return earliest;
    }

    // A binary heap by start; of equal starts the lower pitch first, so that the order does not depend on the order of handing over.
    [RealTime]
    private static bool Before(in PlannedNote a, in PlannedNote b) =>
        a.On != b.On ? a.On < b.On : a.Channel != b.Channel ? a.Channel < b.Channel : a.Pitch < b.Pitch;

    [RealTime]
    private void Push(PlannedNote note)
    {
        var at = _pendingCount;
        Volatile.Write(ref _pendingCount, at + 1);
        while (at > 0 && Before(note, _pending[(at - 1) / 2]))
        {
            _pending[at] = _pending[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _pending[at] = note;
    }

    [RealTime]
    private PlannedNote Pop()
    {
        var first = _pending[0];
        var last = _pendingCount - 1;
        Volatile.Write(ref _pendingCount, last);
        _pending[0] = _pending[last];
        SiftDown(0);
        return first;
    }

    [RealTime]
    private void SiftDown(int at)
    {
        while (true)
        {
            var child = 2 * at + 1;
            if (child >= _pendingCount) return;
            if (child + 1 < _pendingCount && Before(_pending[child + 1], _pending[child])) child++;
            if (!Before(_pending[child], _pending[at])) return;
            (_pending[at], _pending[child]) = (_pending[child], _pending[at]);
            at = child;
        }
    }
}
