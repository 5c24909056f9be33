using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Clap;

/// <summary>An instance in a CLAP host.</summary>
internal sealed unsafe class ClapInstance(ClapHost* host) : Instance
{
    internal const int NoteOn = 0, NoteOff = 1, NoteChoke = 2, ParameterValue = 5, TransportEvent = 9, MidiEvent = 10;

    private const int HasTempo = 1, HasBeats = 2, HasSeconds = 4, HasMetre = 8, IsPlaying = 16;
    private const double BehindPoint = 1.0 / (1L << 31);

    private readonly double[] _shown = new double[ParameterTable.All.Length];

    internal ClapHost* Host => host;

    /// <summary>A block; false when it has failed before and only passes notes through.</summary>
    internal bool Process(ClapProcess* block)
    {
        var frames = (int)block->Frames;
        var output = block->Out;
        var sounds = block->AudioOutCount > 0 && block->AudioOut != null && block->AudioOut->Data32 != null && block->AudioOut->Channels >= 2;
        var left = sounds ? new Span<float>(block->AudioOut->Data32[0], frames) : default;
        var right = sounds ? new Span<float>(block->AudioOut->Data32[1], frames) : default;
        if (HasFailed || Partner.Processor is not { } processor)
        {
            left.Clear();
            right.Clear();
            PassThrough(block->In, output);
            return false;
        }

        processor.Begin(frames);
        if (block->Transport != null) processor.Follow(0, Read(block->Transport));
        Hear(processor, block->In, Math.Max(0, frames - 1));
        processor.End(left, right);
        Show(output);
        var taken = 0;
        foreach (var (offset, message) in processor.Played.All)
        {
            if (!Push(output, (uint)offset, message)) break;
            taken++;
        }

        processor.Took(taken);
        return true;
    }

    /// <summary>Parameters move outside of blocks.</summary>
    internal void Flush(ClapInputEvents* events)
    {
        if (Partner.Processor is { } processor && !HasFailed)
        {
            processor.Begin(0);
            Hear(processor, events, 0);
            return;
        }

        var count = events == null ? 0 : events->Size(events);
        for (var i = 0u; i < count; i++)
        {
            var head = events->Get(events, i);
            if (head == null || head->Space != 0 || head->Type != ParameterValue) continue;
            var index = ParameterTable.IndexOf(((ClapEventValue*)head)->Id);
            if (index >= 0 && !ParameterTable.All[index].IsMeter) Partner.Values[index] = ParameterTable.All[index].Clean(((ClapEventValue*)head)->Value);
        }
    }

    private static void Hear(Processor processor, ClapInputEvents* events, int last)
    {
        var count = events == null ? 0 : events->Size(events);
        for (var i = 0u; i < count; i++)
        {
            var head = events->Get(events, i);
            if (head == null || head->Space != 0) continue;
            var offset = (int)Math.Min(head->Time, (uint)last);
            switch (head->Type)
            {
                case ParameterValue:
                    var index = ParameterTable.IndexOf(((ClapEventValue*)head)->Id);
                    if (index >= 0) processor.Turn(offset, index, ((ClapEventValue*)head)->Value);
                    break;
                case TransportEvent:
                    processor.Follow(offset, Read((ClapTransport*)head));
                    break;
                case NoteOn or NoteOff or NoteChoke or MidiEvent:
                    if (TryRead(head, out var message)) processor.Hear(offset, message);
                    break;
            }
        }
    }

    // A host is told what has changed of what is only shown, before anything that sounds.
    private void Show(ClapOutputEvents* output)
    {
        for (var i = 0; output != null && i < ParameterTable.All.Length; i++)
        {
            if (!ParameterTable.All[i].IsMeter || Partner.Values[i] == _shown[i]) continue;
            var told = new ClapEventValue
            {
                Header = new ClapEventHeader { Size = (uint)sizeof(ClapEventValue), Type = ParameterValue }, Id = ParameterTable.All[i].Id, NoteId = -1, Port = -1, Channel = -1, Key = -1, Value = Partner.Values[i],
            };
            if (output->TryPush(output, &told.Header) != 0) _shown[i] = told.Value;
        }
    }

    private void PassThrough(ClapInputEvents* events, ClapOutputEvents* output)
    {
        foreach (var message in TakeEnds()) Push(output, 0, message);
        var count = events == null ? 0 : events->Size(events);
        for (var i = 0u; i < count; i++)
        {
            var head = events->Get(events, i);
            if (head != null && head->Space == 0 && TryRead(head, out var message)) Push(output, head->Time, message);
        }
    }

    // An end of all keys is what a wildcard comes to in MIDI.
    private static bool TryRead(ClapEventHeader* head, out ShortMessage message)
    {
        message = default;
        if (head->Type == MidiEvent)
        {
            var midi = (ClapEventMidi*)head;
            message = new ShortMessage(midi->Data[0], midi->Data[1], midi->Data[2]);
            return message.Status >= 0x80;
        }

        if (head->Type is not (NoteOn or NoteOff or NoteChoke)) return false;
        var note = (ClapEventNote*)head;
        if (note->Key > 127 || note->Channel > 15) return false;
        var channel = Math.Max(0, (int)note->Channel);
        if (head->Type == NoteOn)
        {
            if (note->Key < 0) return false;
            message = ShortMessage.NoteOn(channel, note->Key, double.IsNaN(note->Velocity) ? 64 : Math.Clamp((int)Math.Round(note->Velocity * 127), 1, 127));
            return true;
        }

        message = note->Key < 0 ? ShortMessage.Control(channel, 123, 0) : ShortMessage.NoteOff(channel, note->Key);
        return true;
    }

    private static bool Push(ClapOutputEvents* output, uint time, ShortMessage message)
    {
        if (output == null) return true;
        if (message.IsNoteOn || message.IsNoteOff)
        {
            var note = new ClapEventNote
            {
                Header = new ClapEventHeader { Size = (uint)sizeof(ClapEventNote), Time = time, Type = message.IsNoteOn ? (ushort)NoteOn : (ushort)NoteOff },
                NoteId = -1,
                Channel = (short)message.Channel,
                Key = message.Data1,
                Velocity = message.Data2 / 127.0,
            };
            return output->TryPush(output, &note.Header) != 0;
        }

        var midi = new ClapEventMidi { Header = new ClapEventHeader { Size = (uint)sizeof(ClapEventMidi), Time = time, Type = MidiEvent } };
        (midi.Data[0], midi.Data[1], midi.Data[2]) = (message.Status, message.Data1, message.Data2);
        return output->TryPush(output, &midi.Header) != 0;
    }

    private static SongPlace Read(ClapTransport* transport)
    {
        var flags = transport->Flags;
        var beats = (flags & HasBeats) != 0;
        return new SongPlace(
            (flags & HasTempo) != 0 ? transport->Tempo : double.NaN,
            (flags & HasSeconds) != 0 ? transport->Seconds * BehindPoint : double.NaN,
            beats ? transport->Beats * BehindPoint : double.NaN,
            beats ? transport->BarStart * BehindPoint : double.NaN,
            (flags & HasMetre) != 0 ? transport->Numerator : 0,
            (flags & HasMetre) != 0 ? transport->Denominator : 0,
            (flags & IsPlaying) != 0);
    }
}
