using QuantumImprov.Engine.Music;

namespace QuantumImprov.Plugin.Lv2;

/// <summary>Writes MIDI events into a host's sequence as long as they fit. On entry the sequence's size is its capacity. Allocates nothing. [audio]</summary>
internal unsafe ref struct SequenceWriter
{
    private const int EventSize = 24;
    private readonly Lv2Sequence* _sequence;
    private readonly Urids _urids;
    private byte* _at;
    private long _room;

    /// <summary>An empty sequence; <paramref name="sequence"/> may be null: everything goes nowhere.</summary>
    internal SequenceWriter(Lv2Sequence* sequence, in Urids urids)
    {
        _sequence = sequence;
        _urids = urids;
        if (sequence == null) return;
        _at = (byte*)(sequence + 1);
        _room = (long)sequence->Atom.Size - 8;
    }

    /// <summary>Appends, if there is room.</summary>
    internal bool TryAdd(long offset, ShortMessage message)
    {
        if (_sequence == null) return true;
        if (_room < EventSize) return false;
        *(Lv2Event*)_at = new Lv2Event { Frames = offset, Body = new Lv2Atom { Size = (uint)Math.Max(1, message.Length), Type = _urids.MidiEvent } };
        *(ulong*)(_at + sizeof(Lv2Event)) = message.Status | (ulong)message.Data1 << 8 | (ulong)message.Data2 << 16;
        _at += EventSize;
        _room -= EventSize;
        return true;
    }

    /// <summary>It is whole.</summary>
    internal readonly void Close()
    {
        if (_sequence == null) return;
        _sequence->Atom = new Lv2Atom { Type = _urids.Sequence, Size = (uint)(_at - (byte*)_sequence - sizeof(Lv2Atom)) };
        _sequence->Unit = _sequence->Pad = 0;
    }
}
