using QuantumImprov.Engine.Listening;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;
using QuantumImprov.Plugin.State;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>An instance in a VST3 host.</summary>
internal sealed unsafe class Vst3Instance : Instance
{
    private const int NoteOn = 0, NoteOff = 1, ControllerOut = 65535;
    private const uint IsPlaying = 1 << 1, HasQuarters = 1 << 9, HasTempo = 1 << 10, HasBar = 1 << 11, HasMetre = 1 << 13;
    private readonly BlockEvents _events = new();
    private readonly double[] _shown = new double[Vst3Parameters.Count];

    /// <summary>Samples a second, once the host has said.</summary>
    internal double Rate { get; set; } = 48_000;

    /// <summary>A controller of the host's window shows these places, 0 to 1.</summary>
    internal Span<double> Shown => _shown;

    internal Vst3Instance() => Show();

    /// <summary>Shows where the parameters stand.</summary>
    internal void Show()
    {
        for (var i = 0; i < ParameterTable.All.Length; i++) _shown[i] = ParameterTable.All[i].ToNormal(Partner.Values[i]);
    }

    /// <summary>Shows what a state holds; false when it cannot be read.</summary>
    internal bool ShowState(ReadOnlySpan<byte> state)
    {
        var loaded = PluginState.Read(state, out var fault);
        for (var i = 0; i < ParameterTable.All.Length; i++) _shown[i] = ParameterTable.All[i].ToNormal(loaded.Values[i]);
        return fault is null;
    }

    internal void Process(Vst3Block* block)
    {
        var frames = Math.Max(0, block->Frames);
        var sounds = block->OutCount > 0 && block->AudioOut != null && block->AudioOut->Channels >= 2 && block->AudioOut->Samples != null && frames > 0;
        var left = sounds ? new Span<float>(block->AudioOut->Samples[0], frames) : default;
        var right = sounds ? new Span<float>(block->AudioOut->Samples[1], frames) : default;
        if (sounds) block->AudioOut->Silence = 0;
        if (HasFailed || Partner.Processor is not { } processor)
        {
            left.Clear();
            right.Clear();
            PassThrough(block);
            return;
        }

        processor.Begin(frames);
        if (block->Context != null) processor.Follow(0, Read(*block->Context));
        TakeParameters(processor, block->ParametersIn, Math.Max(0, frames - 1));
        TakeEvents(processor, block->EventsIn, Math.Max(0, frames - 1));
        _events.Give(processor);
        processor.End(left, right);
        Tell(block->ParametersOut);
        // A block without samples only moves parameters; what is to be sent waits for one with.
        if (frames == 0) return;
        var taken = 0;
        foreach (var (offset, message) in processor.Played.All)
        {
            if (!Push(block->EventsOut, offset, message)) break;
            taken++;
        }

        processor.Took(taken);
    }

    private void TakeParameters(Processor processor, Vst3Unknown* changes, int last)
    {
        if (changes == null) return;
        var count = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)changes->Table[3])(changes);
        for (var i = 0; i < count; i++)
        {
            var queue = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3Unknown*>)changes->Table[4])(changes, i);
            if (queue == null) continue;
            var id = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint>)queue->Table[3])(queue);
            var points = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)queue->Table[4])(queue);
            var (index, controller) = (ParameterTable.IndexOf(id), Vst3Parameters.ControllerOf(id));
            for (var point = 0; point < points; point++)
            {
                int offset;
                double place;
                if (((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, int*, double*, int>)queue->Table[5])(queue, point, &offset, &place) != Vst3Result.Ok) continue;
                offset = Math.Clamp(offset, 0, last);
                if (index >= 0) _events.Add(processor, offset, index, ParameterTable.All[index].FromNormal(place));
                else if (controller >= 0 && !double.IsNaN(place)) _events.Add(processor, offset, ShortMessage.Control(0, controller, (int)Math.Round(Math.Clamp(place, 0, 1) * 127)));
            }
        }
    }

    // A host is told what has changed of what is only shown.
    private void Tell(Vst3Unknown* changes)
    {
        for (var i = 0; i < ParameterTable.All.Length; i++)
        {
            if (!ParameterTable.All[i].IsMeter || ParameterTable.All[i].ToNormal(Partner.Values[i]) is var place && place == _shown[i]) continue;
            _shown[i] = place;
            if (changes == null) continue;
            var (id, at) = (ParameterTable.All[i].Id, 0);
            var queue = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint*, int*, Vst3Unknown*>)changes->Table[5])(changes, &id, &at);
            if (queue != null) ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, double, int*, int>)queue->Table[6])(queue, 0, place, &at);
        }
    }

    private void TakeEvents(Processor processor, Vst3Unknown* events, int last)
    {
        if (events == null) return;
        var count = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)events->Table[3])(events);
        for (var i = 0; i < count; i++)
        {
            Vst3Event told;
            if (((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3Event*, int>)events->Table[4])(events, i, &told) != Vst3Result.Ok) continue;
            if (told.Type is NoteOn or NoteOff && told.Pitch is >= 0 and <= 127 && told.Channel is >= 0 and <= 15) _events.Add(processor, Math.Clamp(told.Offset, 0, last), MessageOf(told));
        }
    }

    private void PassThrough(Vst3Block* block)
    {
        foreach (var message in TakeEnds()) Push(block->EventsOut, 0, message);
        if (block->EventsIn == null || block->EventsOut == null) return;
        var count = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)block->EventsIn->Table[3])(block->EventsIn);
        for (var i = 0; i < count; i++)
        {
            Vst3Event told;
            if (((delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3Event*, int>)block->EventsIn->Table[4])(block->EventsIn, i, &told) == Vst3Result.Ok)
                ((delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3Event*, int>)block->EventsOut->Table[5])(block->EventsOut, &told);
        }
    }

    // A note-on without velocity is not a note-off here: it is as soft as can be.
    private static ShortMessage MessageOf(in Vst3Event told) => told.Type == NoteOn
        ? ShortMessage.NoteOn(told.Channel, told.Pitch, float.IsNaN(told.OnVelocity) ? 64 : Math.Clamp((int)MathF.Round(told.OnVelocity * 127), 1, 127))
        : ShortMessage.NoteOff(told.Channel, told.Pitch);

    private static bool Push(Vst3Unknown* events, int offset, ShortMessage message)
    {
        if (events == null) return true;
        var told = new Vst3Event { Offset = offset };
        if (message.IsNoteOn) (told.Type, told.Channel, told.Pitch, told.OnVelocity, told.OnNoteId) = (NoteOn, (short)message.Channel, message.Data1, message.Data2 / 127f, -1);
        else if (message.IsNoteOff) (told.Type, told.Channel, told.Pitch, told.OffVelocity, told.OffNoteId) = (NoteOff, (short)message.Channel, message.Data1, message.Data2 / 127f, -1);
        else if (message.Kind == 0xB0) (told.Type, told.Controller, told.ControlChannel, told.Value) = (ControllerOut, message.Data1, (sbyte)message.Channel, (sbyte)message.Data2);
        else return true;
        return ((delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3Event*, int>)events->Table[5])(events, &told) == Vst3Result.Ok;
    }

    private SongPlace Read(in Vst3Context context) => new(
        (context.State & HasTempo) != 0 ? context.Tempo : double.NaN,
        context.ProjectSamples / Rate,
        (context.State & HasQuarters) != 0 ? context.Quarters : double.NaN,
        (context.State & HasBar) != 0 ? context.BarStart : double.NaN,
        (context.State & HasMetre) != 0 ? context.Numerator : 0,
        (context.State & HasMetre) != 0 ? context.Denominator : 0,
        (context.State & IsPlaying) != 0);
}
