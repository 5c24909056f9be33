using System.Collections.Immutable;
using QuantumImprov.Engine.Music;

namespace QuantumImprov.Midi.Files;

/// <summary>Collects the events of one track that is to be written, in order of time.</summary>
internal sealed class TrackBuilder
{
    private readonly ImmutableArray<MidiFileEvent>.Builder _events = ImmutableArray.CreateBuilder<MidiFileEvent>();

    // How many note-ons of each key and channel wait for their note-off.
    private readonly int[] _sounding = new int[16 * 128];
    private readonly List<ShortMessage> _later = [];
    private long _last;

    public void Add(MidiFileEvent e)
    {
        Bridge(e.Tick);
        _events.Add(e);
    }

    /// <summary>
    /// Adds messages that share a tick. Notes that sound already end before the first note of this tick begins, because a receiver would end a repeated key at
    /// once otherwise; the note-off of a note that began at this very tick stays behind its note-on, because it would never end otherwise.
    /// </summary>
    public void AddTogether(long tick, List<PartMessage> messages, int from, int until)
    {
        while (from < until && !messages[from].Message.IsNoteOn) Add(tick, messages[from++].Message);
        _later.Clear();
        for (; from < until; from++)
        {
            var message = messages[from].Message;
            if (message.IsNoteOff && _sounding[Key(message)] > 0) Add(tick, message);
            else _later.Add(message);
        }

        foreach (var message in _later) Add(tick, message);
    }

    public MidiFileTrack ToTrack(long end)
    {
        Bridge(end);
        return new MidiFileTrack(_events.ToImmutable(), end);
    }

    private static int Key(ShortMessage message) => message.Channel << 7 | message.Data1 & 0x7F;

    private void Add(long tick, ShortMessage message)
    {
        Add(MidiFileEvent.Channel(tick, message));
        if (message.IsNoteOn) _sounding[Key(message)]++;
        else if (message.IsNoteOff && _sounding[Key(message)] > 0) _sounding[Key(message)]--;
    }

    // A file cannot state a longer silence in one number: an empty text divides it.
    private void Bridge(long tick)
    {
        while (tick - _last > MidiFileEvent.LargestNumber)
        {
            _last += MidiFileEvent.LargestNumber;
            _events.Add(MidiFileEvent.Meta(_last, MetaType.Text, []));
        }

        _last = tick;
    }
}
