using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Playing;

/// <summary>The turn. Native code has a twin of it: whoever changes one changes the other, and a test compares them.</summary>
public sealed partial class Player
{
    /// <summary>
    /// Plays the period from <paramref name="from"/> up to but not including <paramref name="until"/>: what is due goes to <paramref name="sink"/> in order of
    /// time, note-offs before note-ons of the same instant. A note that is already late goes out at <paramref name="from"/>. [player]
    /// </summary>
    [RealTime]
    public void Turn(HostTime from, HostTime until, IMessageSink sink) => Turn(from, until, sink, default);

    /// <summary>The same, with what the performer played in this period: keys that a voice follows are followed at once. [player]</summary>
    /// <param name="from">The period's first instant.</param>
    /// <param name="until">The first instant after it.</param>
    /// <param name="sink">Where messages go.</param>
    /// <param name="heard">The performer's messages, in order of time; what lies outside the period counts as at its edge.</param>
    [RealTime]
    public void Turn(HostTime from, HostTime until, IMessageSink sink, ReadOnlySpan<TimedMessage> heard)
    {
        ref var state = ref State;
        var epoch = Volatile.Read(ref state.Epoch);
        if (epoch != state.TurnEpoch) DropStale(epoch, from, sink);
        if (state.PanicDone != Volatile.Read(ref state.PanicAsked)) SendPanic(from, sink);
        if (state.ReleaseDone != Volatile.Read(ref state.ReleaseAsked)) Release(from, sink);
        while (_newRules.TryRead(out var rule)) TakeRule(rule, from, sink);
        if (state.RepeatDone != Volatile.Read(ref state.RepeatAsked)) SendEndings(from, sink);
        while (_handed.TryRead(out var note))
        {
            if (note.Epoch - epoch < 0) continue;
            if (state.PendingCount < PendingCapacity) Push(note);
            else Volatile.Write(ref state.Refused, state.Refused + 1);
        }

        var next = 0;
        while (true)
        {
            var on = state.PendingCount > 0 ? _pending[0].On : HostTime.Never;
            var off = EarliestOff(out var ending);
            var key = next < heard.Length ? HostTime.Min(HostTime.Max(heard[next].At, from), until.Plus(-1)) : HostTime.Never;
            var signal = _signals.TryPeek(out var waiting) ? HostTime.Max(waiting.At, from) : HostTime.Never;
            if (HostTime.Min(HostTime.Min(on, off), HostTime.Min(key, signal)) >= until) return;
            if (signal <= on && signal <= off && signal <= key) SendSignal(signal, sink);
            else if (off <= on && off <= key) EndSounding(ending, HostTime.Max(off, from), sink);
            else if (key <= on) Follow(heard[next++].Message, key, sink);
            else Start(Pop(), from, sink);
        }
    }

    [RealTime]
    private void Start(PlannedNote note, HostTime from, IMessageSink sink)
    {
        var at = HostTime.Max(note.On, from);
        if (note.On < from) Volatile.Write(ref State.Late, State.Late + 1);
        Begin(at, new SoundingNote(HostTime.Max(note.Off, at.Plus(1)), note.Epoch, SoundingNote.Planned, note.Channel, note.Pitch), note.Velocity, sink);
    }

    [RealTime]
    private void Begin(HostTime at, SoundingNote note, byte velocity, IMessageSink sink)
    {
        ref var state = ref State;
        for (var i = 0; i < state.SoundingCount; i++)
        {
            if (_sounding[i].Pitch != note.Pitch || _sounding[i].Channel != note.Channel) continue;
            EndSounding(i, at, sink);
            break;
        }

        if (state.SoundingCount == SoundingCapacity)
        {
            Volatile.Write(ref state.Refused, state.Refused + 1);
            return;
        }

        _sounding[state.SoundingCount] = note;
        Volatile.Write(ref state.SoundingCount, state.SoundingCount + 1);
        Send(at, ShortMessage.NoteOn(note.Channel, note.Pitch, velocity), note.HeldBy, sink);
    }

    [RealTime]
    private void EndSounding(int index, HostTime at, IMessageSink sink)
    {
        ref var state = ref State;
        var note = _sounding[index];
        _sounding[index] = _sounding[state.SoundingCount - 1];
        Volatile.Write(ref state.SoundingCount, state.SoundingCount - 1);
        var ending = new TimedMessage(at, ShortMessage.NoteOff(note.Channel, note.Pitch));
        _endings[state.EndingCount++ % EndingsKept] = ending;
        Send(at, ending.Message, note.HeldBy, sink);
    }

    [RealTime]
    private void SendEndings(HostTime from, IMessageSink sink)
    {
        ref var state = ref State;
        state.RepeatDone = Volatile.Read(ref state.RepeatAsked);
        for (var i = Math.Max(0, state.EndingCount - EndingsKept); i < state.EndingCount; i++)
        {
            var ending = _endings[i % EndingsKept];
            if (from.Since(ending.At) <= EndingsAge && !IsSounding(ending.Message)) sink.Repeat(from, ending.Message);
        }
    }

    [RealTime]
    private bool IsSounding(ShortMessage message)
    {
        for (var i = 0; i < State.SoundingCount; i++)
        {
            if (_sounding[i].Pitch == message.Data1 && _sounding[i].Channel == message.Channel) return true;
        }

        return false;
    }

    [RealTime]
    private void DropStale(int epoch, HostTime from, IMessageSink sink)
    {
        ref var state = ref State;
        state.TurnEpoch = epoch;
        for (var i = state.SoundingCount - 1; i >= 0; i--)
        {
            if (_sounding[i].HeldBy == SoundingNote.Planned && _sounding[i].Epoch - epoch < 0) EndSounding(i, from, sink);
        }

        var kept = 0;
        for (var i = 0; i < state.PendingCount; i++)
        {
            if (_pending[i].Epoch - epoch >= 0) _pending[kept++] = _pending[i];
        }

        Volatile.Write(ref state.PendingCount, kept);
        for (var i = kept / 2 - 1; i >= 0; i--) SiftDown(i);
    }

    [RealTime]
    private void SendPanic(HostTime from, IMessageSink sink)
    {
        ref var state = ref State;
        state.PanicDone = Volatile.Read(ref state.PanicAsked);
        while (state.SoundingCount > 0) EndSounding(state.SoundingCount - 1, from, sink);
        state.Pedals = 0;
        for (var channel = 0; channel < 16; channel++)
        {
            Send(from, ShortMessage.Control(channel, 64, 0), SoundingNote.Planned, sink);
            Send(from, ShortMessage.Control(channel, 123, 0), SoundingNote.Planned, sink);
            Send(from, ShortMessage.Control(channel, 120, 0), SoundingNote.Planned, sink);
        }
    }

    [RealTime]
    private void SendSignal(HostTime at, IMessageSink sink)
    {
        if (_signals.TryRead(out var signal)) sink.Signal(at, signal.Message);
    }

    [RealTime]
    private void Send(HostTime at, ShortMessage message, int heldBy, IMessageSink sink)
    {
        sink.Emit(at, message);
        // What passes through is the performer's, who was heard already.
        if (heldBy >> 11 < FollowRule.FirstThrough) _emitted.TryWrite(new TimedMessage(at, message));
    }

    [RealTime]
    private HostTime EarliestOff(out int index)
    {
        index = -1;
        var earliest = HostTime.Never;
        for (var i = 0; i < State.SoundingCount; i++)
        {
            if (_sounding[i].Off >= earliest) continue;
            earliest = _sounding[i].Off;
            index = i;
        }

        return earliest;
    }
}
