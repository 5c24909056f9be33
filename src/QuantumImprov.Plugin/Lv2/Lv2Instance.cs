using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Lv2;

/// <summary>An instance in an LV2 host: ports are pointers into the host's memory.</summary>
internal sealed unsafe class Lv2Instance(Urids urids, double rate) : Instance
{
    /// <summary>The ports before the parameters'.</summary>
    internal const int In = 0, Out = 1, Left = 2, Right = 3, FirstParameter = 4;

    private readonly nint[] _ports = new nint[FirstParameter + ParameterTable.All.Length];
    private readonly Positions _positions = new(urids, rate);

    internal Urids Urids => urids;

    internal double Rate => rate;

    internal void Connect(uint port, void* data)
    {
        if (port < _ports.Length) _ports[port] = (nint)data;
    }

    /// <summary>The parameters stand where the host's ports are, before anything is played.</summary>
    internal void TakePorts()
    {
        for (var i = 0; i < ParameterTable.All.Length; i++)
        {
            if (_ports[FirstParameter + i] != 0 && !ParameterTable.All[i].IsMeter) Partner.Values[i] = ParameterTable.All[i].Clean(*(float*)_ports[FirstParameter + i]);
        }
    }

    internal void Run(int frames)
    {
        var left = Sound(Left, frames);
        var right = Sound(Right, frames);
        if (HasFailed || Partner.Processor is not { } processor)
        {
            left.Clear();
            right.Clear();
            PassThrough();
            return;
        }

        processor.Begin(frames);
        for (var i = 0; i < ParameterTable.All.Length; i++)
        {
            if (_ports[FirstParameter + i] != 0 && !ParameterTable.All[i].IsMeter) processor.Turn(0, i, *(float*)_ports[FirstParameter + i]);
        }

        var events = new SequenceReader((Lv2Sequence*)_ports[In]);
        for (var next = events.Next(); next != null; next = events.Next()) Take(processor, next, frames);
        processor.End(left, right);
        for (var i = 0; i < ParameterTable.All.Length; i++)
        {
            if (_ports[FirstParameter + i] != 0 && ParameterTable.All[i].IsMeter) *(float*)_ports[FirstParameter + i] = (float)Partner.Values[i];
        }

        var writer = new SequenceWriter((Lv2Sequence*)_ports[Out], urids);
        var taken = 0;
        foreach (var (offset, message) in processor.Played.All)
        {
            if (!writer.TryAdd(offset, message)) break;
            taken++;
        }

        writer.Close();
        processor.Took(taken);
    }

    // Nothing is known any more but how to do no harm.
    private void PassThrough()
    {
        var writer = new SequenceWriter((Lv2Sequence*)_ports[Out], urids);
        foreach (var message in TakeEnds()) writer.TryAdd(0, message);
        var events = new SequenceReader((Lv2Sequence*)_ports[In]);
        for (var next = events.Next(); next != null; next = events.Next())
        {
            if (next->Body.Type == urids.MidiEvent && next->Body.Size is >= 1 and <= 3) writer.TryAdd(next->Frames, MessageOf(next));
        }

        writer.Close();
    }

    private void Take(Processor processor, Lv2Event* head, int frames)
    {
        var offset = (int)Math.Clamp(head->Frames, 0, Math.Max(0, frames - 1));
        var body = (byte*)(head + 1);
        if (head->Body.Type == urids.MidiEvent)
        {
            if (head->Body.Size is >= 1 and <= 3) processor.Hear(offset, MessageOf(head));
        }
        else if ((head->Body.Type == urids.Object || head->Body.Type == urids.Blank) && _positions.TryRead(body, head->Body.Size, out var transport))
        {
            processor.Follow(offset, transport);
        }
    }

    private static ShortMessage MessageOf(Lv2Event* head)
    {
        var body = (byte*)(head + 1);
        return new ShortMessage(body[0], head->Body.Size > 1 ? body[1] : (byte)0, head->Body.Size > 2 ? body[2] : (byte)0);
    }

    private Span<float> Sound(int port, int frames) => _ports[port] == 0 ? default : new Span<float>((void*)_ports[port], frames);
}
