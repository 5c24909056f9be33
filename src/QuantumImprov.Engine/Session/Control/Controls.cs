using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;

namespace QuantumImprov.Engine.Session.Control;

/// <summary>
/// Turns what a controller sends into commands, by a map. A flood is thinned: of many moves of one dial in a short time the last counts, of many presses the first. Time is an input; allocates nothing but when a
/// control is learned. [engine]
/// </summary>
/// <param name="map">What is bound to begin with.</param>
public sealed class Controls(ControlMap map)
{
    /// <summary>How long a dial or switch rests between two commands, and how long a press goes before another of the same control, in nanoseconds.</summary>
    public const long MovePause = 10_000_000, PressPause = 30_000_000;

    private const int Down = 64, Full = 127, ResetControllers = 121, BankHigh = 0, BankLow = 32;

    private readonly HostTime[] _asked = Filled(new HostTime(long.MinValue / 2));
    private readonly short[] _waiting = new short[ControlMap.Slots];
    private readonly byte[] _last = new byte[ControlMap.Slots];
    private readonly bool[] _down = new bool[ControlMap.Slots];
    private readonly int[] _queue = new int[ControlMap.Slots];
    private readonly byte[] _bankHigh = new byte[16], _bankLow = new byte[16];
    private int _queued, _selected;
    private HostTime _selectionDue = HostTime.Never;

    /// <summary>What is bound now.</summary>
    public ControlMap Map { get; private set; } = map;

    /// <summary>What the next control that is moved will ask for; null: nothing is being learned.</summary>
    public ControlTarget? Learning { get; private set; }

    /// <summary>Moves and presses that were passed over because too many came.</summary>
    public long Thinned { get; private set; }

    /// <summary>When <see cref="TakeDue"/> next has something.</summary>
    public HostTime Due
    {
        get
        {
            var due = _selectionDue;
            for (var i = 0; i < _queued; i++) due = HostTime.Min(due, DueOf(_queue[i]));
            return due;
        }
    }

    /// <summary>The next control that is moved asks for <paramref name="target"/> from then on; null: none does any more.</summary>
    public void Learn(ControlTarget? target) => Learning = target;

    /// <summary>Says what <paramref name="message"/> is, and what it asks for. Times never decrease.</summary>
    public ControlHearing Hear(in TimedMessage message, out SessionCommand command)
    {
        command = default;
        var m = message.Message;
        if (m.Status is < 0x80 or >= 0xF0 || m.Data1 > 127 || m.Data2 > 127) return ControlHearing.Music;
        if (m.Kind == 0xC0) return Programmed(message, out command);
        if (m.Kind == 0xB0)
        {
            if (m.Data1 == ResetControllers) LetGo(m.Channel, message.At);
            if (m.Data1 > ControlSource.LastController) return ControlHearing.Music;
            if (Map.Programs && m.Data1 is BankHigh or BankLow && Map.Find(ControlMap.Slot(isNote: false, m.Channel, m.Data1)) < 0) return Select(message);
            return Move(message, ControlMap.Slot(isNote: false, m.Channel, m.Data1), m.Data2, out command);
        }

        if (!m.IsNoteOn && !m.IsNoteOff) return ControlHearing.Music;
        var slot = ControlMap.Slot(isNote: true, m.Channel, m.Data1);
        // A key that went down as music comes up as music, whatever was bound meanwhile.
        if (m.IsNoteOff) return _down[slot] ? Move(message, slot, 0, out command, letGo: true) : ControlHearing.Music;
        return Move(message, slot, m.Data2, out command);
    }

    /// <summary>The next command that was held back and is due by <paramref name="now"/>; false when there is none.</summary>
    public bool TakeDue(HostTime now, out SessionCommand command)
    {
        command = default;
        var next = -1;
        for (var i = 0; i < _queued; i++)
        {
            if (DueOf(_queue[i]) <= now && (next < 0 || DueOf(_queue[i]) < DueOf(_queue[next]))) next = i;
        }

        if (_selectionDue != HostTime.Never && _selectionDue <= now && (next < 0 || _selectionDue <= DueOf(_queue[next])))
        {
            command = new SessionCommand(_selectionDue, CommandKind.Repertoire, _selected);
            _selectionDue = HostTime.Never;
            Array.Clear(_bankHigh);
            Array.Clear(_bankLow);
            return true;
        }

        if (next < 0) return false;
        var slot = _queue[next];
        var due = DueOf(slot);
        _queue[next] = _queue[--_queued];
        var value = _waiting[slot] - 1;
        _waiting[slot] = 0;
        if (Map.Find(slot) is not (>= 0 and var index) || Map.Bindings[index] is not { Form: ControlForm.Dial or ControlForm.Hold } binding) return TakeDue(now, out command);
        command = Moved(binding, slot, value, due);
        return true;
    }

    // A selection comes in two halves, of which many controllers send only one, and that one where another sends the other: alone, either is the number. It counts when nothing followed for a moment.
    private ControlHearing Select(in TimedMessage message)
    {
        var (channel, value) = (message.Message.Channel, message.Message.Data2);
        if (message.Message.Data1 == BankHigh) (_bankHigh[channel], _bankLow[channel]) = (value, 0);
        else _bankLow[channel] = value;
        var (high, low) = (_bankHigh[channel], _bankLow[channel]);
        _selected = high == 0 || low == 0 ? high + low : (high << 7) + low;
        _selectionDue = message.At.Plus(MovePause);
        return ControlHearing.Taken;
    }

    private ControlHearing Programmed(in TimedMessage message, out SessionCommand command)
    {
        command = new SessionCommand(message.At, CommandKind.Program, message.Message.Data1);
        return Map.Programs ? ControlHearing.Asked : ControlHearing.Music;
    }

    private ControlHearing Move(in TimedMessage message, int slot, int value, out SessionCommand command, bool letGo = false)
    {
        command = default;
        var (isNote, wasDown, last) = (slot >= ControlMap.Slots / 2, _down[slot], _last[slot]);
        if (Learning is { } target && !letGo && Fits(target, message.Message, isNote, value))
        {
            Map = Map.With(new ControlBinding(new ControlSource(isNote, message.Message.Data1, message.Message.Channel + 1), target));
            (Learning, _down[slot], _last[slot]) = (null, value >= Down || isNote, (byte)value);
            return ControlHearing.Taken;
        }

        var index = Map.Find(slot);
        if (index < 0 && !letGo) return ControlHearing.Music;
        (_down[slot], _last[slot]) = (isNote ? !letGo : value >= Down, (byte)value);
        if (index < 0) return ControlHearing.Taken;
        var binding = Map.Bindings[index];
        switch (binding.Form)
        {
            case ControlForm.Dial when letGo:
                return ControlHearing.Taken;
            case ControlForm.Dial:
                return Turn(binding, slot, value, message.At, out command);
            case ControlForm.Hold:
                return _down[slot] == wasDown ? ControlHearing.Taken : Turn(binding, slot, _down[slot] ? Full : 0, message.At, out command);
            default:
                // A button that never says it came up says the same again when it is pressed again.
                if (!_down[slot] || (wasDown && !isNote && !(value == Full && last == Full))) return ControlHearing.Taken;
                return Press(binding, slot, message.At, out command);
        }
    }

    private static bool Fits(ControlTarget target, ShortMessage message, bool isNote, int value) =>
        isNote ? target.Form != ControlForm.Dial : message.Data1 is not (BankHigh or BankLow) && (target.Form == ControlForm.Dial || value >= Down);

    private ControlHearing Turn(ControlBinding binding, int slot, int value, HostTime at, out SessionCommand command)
    {
        command = default;
        if (_waiting[slot] != 0)
        {
            _waiting[slot] = (short)(value + 1);
            Thinned++;
            return ControlHearing.Taken;
        }

        if (at < DueOf(slot))
        {
            _waiting[slot] = (short)(value + 1);
            _queue[_queued++] = slot;
            return ControlHearing.Taken;
        }

        command = Moved(binding, slot, value, at);
        return ControlHearing.Asked;
    }

    private ControlHearing Press(ControlBinding binding, int slot, HostTime at, out SessionCommand command)
    {
        command = default;
        if (at.Since(_asked[slot]) < PressPause)
        {
            Thinned++;
            return ControlHearing.Taken;
        }

        _asked[slot] = at;
        command = new SessionCommand(at, binding.Target.Command, binding.Form == ControlForm.Toggle ? -1 : binding.Value);
        return ControlHearing.Asked;
    }

    private SessionCommand Moved(ControlBinding binding, int slot, int value, HostTime at)
    {
        _asked[slot] = at;
        var (low, high) = binding.Target.Range;
        return new SessionCommand(at, binding.Target.Command, low + (high - low) * value / Full) { Name = binding.Target.Command == CommandKind.Dial ? binding.Target.Name : null };
    }

    // All controllers of a channel are back where they rest: what was held by one is let go.
    private void LetGo(int channel, HostTime at)
    {
        for (var controller = 0; controller <= ControlSource.LastController; controller++)
        {
            var slot = ControlMap.Slot(isNote: false, channel, controller);
            if (!_down[slot]) continue;
            (_down[slot], _last[slot]) = (false, 0);
            if (Map.Find(slot) is not (>= 0 and var index) || Map.Bindings[index].Form != ControlForm.Hold) continue;
            if (_waiting[slot] == 0) _queue[_queued++] = slot;
            (_waiting[slot], _asked[slot]) = (1, HostTime.Max(_asked[slot], at.Plus(-MovePause)));
        }
    }

    private HostTime DueOf(int slot) => _asked[slot].Plus(MovePause);

    private static HostTime[] Filled(HostTime time)
    {
        var times = new HostTime[ControlMap.Slots];
        Array.Fill(times, time);
        return times;
    }
}
