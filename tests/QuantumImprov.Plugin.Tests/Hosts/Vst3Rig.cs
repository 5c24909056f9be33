using QuantumImprov.Engine.Listening;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;
using QuantumImprov.Plugin.Vst3;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>A VST3 host: it calls slots of tables, and offers tables of its own for events, parameters and streams.</summary>
internal sealed unsafe class Vst3Rig : HostRig
{
    [ThreadStatic]
    private static Vst3Rig? _running;

    private static readonly void** EventTable = Table((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)&EventCount, (delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3Event*, int>)&GetEvent, (delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3Event*, int>)&AddEvent);
    private static readonly void** ChangesTable = Table((delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)&ChangeCount, (delegate* unmanaged[Cdecl]<Vst3Unknown*, int, Vst3Unknown*>)&GetChange, null);
    private static readonly void** QueueTable = Table((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint>)&QueueId, (delegate* unmanaged[Cdecl]<Vst3Unknown*, int>)&PointCount, (delegate* unmanaged[Cdecl]<Vst3Unknown*, int, int*, double*, int>)&GetPoint);
    private static readonly void** ToldTable = Table(null, null, (delegate* unmanaged[Cdecl]<Vst3Unknown*, uint*, int*, Vst3Unknown*>)&AddChange);
    private static readonly void** PointsTable = MakePoints();
    private static readonly void** StreamTable = Table((delegate* unmanaged[Cdecl]<Vst3Unknown*, void*, int, int*, int>)&ReadStream, (delegate* unmanaged[Cdecl]<Vst3Unknown*, void*, int, int*, int>)&WriteStream, null);

    private readonly Vst3Unknown* _eventList = Make(EventTable), _changes = Make(ChangesTable), _queue = Make(QueueTable), _stream = Make(StreamTable), _told = Make(ToldTable), _points = Make(PointsTable);
    private readonly List<HostedEvent> _messages = [], _moves = [];
    private MemoryStream _written = new();
    private byte[] _state = [];
    private int _piece, _read, _change;
    private uint _telling;

    internal Vst3Rig()
    {
        Factory = ((delegate* unmanaged[Cdecl]<Vst3Unknown*>)PluginLibrary.Export("vst3", "GetPluginFactory"))();
        Assert.Equal(1, ((delegate* unmanaged[Cdecl]<nint, byte>)PluginLibrary.Export("vst3", "ModuleEntry"))(0));
        Component = Create(Vst3Id.Component);
        Processor = Query(Component, Vst3Id.AudioProcessor);
        Controller = Query(Component, Vst3Id.Controller);
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, void*, int>)Component->Table[3])(Component, null));
    }

    internal Vst3Unknown* Factory { get; }

    internal Vst3Unknown* Component { get; }

    internal Vst3Unknown* Processor { get; }

    internal Vst3Unknown* Controller { get; }

    internal override long Allocated => PluginLibrary.Allocated("vst3");

    internal Vst3Unknown* Create(Vst3Id face)
    {
        var ids = stackalloc byte[32];
        Vst3Id.Plugin.Write(new Span<byte>(ids, 16));
        face.Write(new Span<byte>(ids + 16, 16));
        Vst3Unknown* made;
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, byte*, byte*, Vst3Unknown**, int>)Factory->Table[6])(Factory, ids, ids + 16, &made));
        return made;
    }

    internal static Vst3Unknown* Query(Vst3Unknown* unknown, Vst3Id face)
    {
        var id = stackalloc byte[16];
        face.Write(new Span<byte>(id, 16));
        Vst3Unknown* found;
        var result = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, byte*, Vst3Unknown**, int>)unknown->Table[0])(unknown, id, &found);
        return result == 0 ? found : null;
    }

    internal static uint Release(Vst3Unknown* unknown) => ((delegate* unmanaged[Cdecl]<Vst3Unknown*, uint>)unknown->Table[2])(unknown);

    internal override void Activate(double rate)
    {
        var setup = new Vst3Setup { MostFrames = MostFrames, Rate = rate };
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3Setup*, int>)Processor->Table[7])(Processor, &setup));
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, byte, int>)Component->Table[11])(Component, 1));
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, byte, int>)Processor->Table[8])(Processor, 1));
    }

    internal override void Deactivate()
    {
        ((delegate* unmanaged[Cdecl]<Vst3Unknown*, byte, int>)Processor->Table[8])(Processor, 0);
        ((delegate* unmanaged[Cdecl]<Vst3Unknown*, byte, int>)Component->Table[11])(Component, 0);
    }

    internal override void Process(int frames, ReadOnlySpan<HostedEvent> events, SongPlace? transport)
    {
        _running = this;
        Out.Clear();
        _messages.Clear();
        _moves.Clear();
        foreach (var e in events)
        {
            // Controllers come as parameters, and what is mapped to none does not come.
            if (e.Parameter >= 0) _moves.Add(e);
            else if (e.Message.IsNoteOn || e.Message.IsNoteOff) _messages.Add(e);
            else if (e.Message.Kind == 0xB0 && Vst3Parameters.Controllers.Contains(e.Message.Data1)) _moves.Add(e);
        }

        var context = transport is { } told ? Song(told) : default;
        var buffers = stackalloc float*[2] { (float*)Unsafe.AsPointer(ref Left[0]), (float*)Unsafe.AsPointer(ref Right[0]) };
        var audio = new Vst3AudioBus { Channels = 2, Samples = buffers };
        var block = new Vst3Block { Frames = frames, OutCount = 1, AudioOut = &audio, ParametersIn = _changes, ParametersOut = _told, EventsIn = _eventList, EventsOut = _eventList, Context = transport is null ? null : &context };
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3Block*, int>)Processor->Table[9])(Processor, &block));
    }

    internal override byte[] Save(int piece)
    {
        (_running, _piece, _written) = (this, piece, new MemoryStream());
        Assert.Equal(0, ((delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3Unknown*, int>)Component->Table[13])(Component, _stream));
        return _written.ToArray();
    }

    internal override bool Load(byte[] state, int piece)
    {
        (_running, _piece, _state, _read) = (this, piece, state, 0);
        var loaded = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3Unknown*, int>)Component->Table[12])(Component, _stream) == 0;
        _read = 0;
        var shown = ((delegate* unmanaged[Cdecl]<Vst3Unknown*, Vst3Unknown*, int>)Controller->Table[5])(Controller, _stream) == 0;
        Assert.Equal(loaded, shown);
        return loaded;
    }

    public override void Dispose()
    {
        Assert.Equal(2u, Release(Processor));
        Assert.Equal(1u, Release(Controller));
        Assert.Equal(0u, Release(Component));
    }

    private static Vst3Context Song(in SongPlace told) => new()
    {
        State = (told.IsPlaying == true ? 1u << 1 : 0) | 1u << 9 | 1u << 10 | 1u << 11 | 1u << 13,
        Rate = 48_000,
        ProjectSamples = (long)Math.Round(told.Seconds * 48_000),
        Quarters = told.Quarters,
        BarStart = told.BarStart,
        Tempo = told.Tempo,
        Numerator = told.Numerator,
        Denominator = told.Denominator,
    };

    private static void** Table(void* first, void* second, void* third)
    {
        var table = (void**)NativeMemory.AllocZeroed(8, (nuint)sizeof(void*));
        table[3] = first;
        table[4] = second;
        table[5] = third;
        return table;
    }

    private static Vst3Unknown* Make(void** table)
    {
        var made = (Vst3Unknown*)NativeMemory.AllocZeroed((nuint)sizeof(Vst3Unknown));
        made->Table = table;
        return made;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EventCount(Vst3Unknown* self) => _running!._messages.Count;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetEvent(Vst3Unknown* self, int index, Vst3Event* into)
    {
        var e = _running!._messages[index];
        *into = e.Message.IsNoteOn
            ? new Vst3Event { Offset = e.Offset, Type = 0, Channel = (short)e.Message.Channel, Pitch = e.Message.Data1, OnVelocity = e.Message.Data2 / 127f, OnNoteId = -1 }
            : new Vst3Event { Offset = e.Offset, Type = 1, Channel = (short)e.Message.Channel, Pitch = e.Message.Data1, OffVelocity = .5f, OffNoteId = -1 };
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AddEvent(Vst3Unknown* self, Vst3Event* e) => _running!.Take(e->Offset, e->Type switch
    {
        0 => ShortMessage.NoteOn(e->Channel, e->Pitch, (int)MathF.Round(e->OnVelocity * 127)),
        1 => ShortMessage.NoteOff(e->Channel, e->Pitch),
        _ => ShortMessage.Control(e->ControlChannel, e->Controller, e->Value),
    }) ? 0 : 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ChangeCount(Vst3Unknown* self) => _running!._moves.Count;

    private static void** MakePoints()
    {
        var table = Table(null, null, null);
        table[6] = (delegate* unmanaged[Cdecl]<Vst3Unknown*, int, double, int*, int>)&AddPoint;
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static Vst3Unknown* AddChange(Vst3Unknown* self, uint* id, int* index)
    {
        _running!._telling = *id;
        return _running._points;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AddPoint(Vst3Unknown* self, int offset, double place, int* index)
    {
        _running!.Told[_running._telling] = ParameterTable.All[ParameterTable.IndexOf(_running._telling)].FromNormal(place);
        return 0;
    }

    // One queue of one point a move.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static Vst3Unknown* GetChange(Vst3Unknown* self, int index)
    {
        _running!._change = index;
        return _running._queue;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint QueueId(Vst3Unknown* self) => _running!._moves[_running._change] is var move && move.Parameter >= 0 ? ParameterTable.All[move.Parameter].Id : Vst3Parameters.IdOf(move.Message.Data1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int PointCount(Vst3Unknown* self) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetPoint(Vst3Unknown* self, int index, int* offset, double* value)
    {
        var move = _running!._moves[_running._change];
        *offset = move.Offset;
        *value = move.Parameter >= 0 ? ParameterTable.All[move.Parameter].ToNormal(move.Value) : move.Message.Data2 / 127.0;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ReadStream(Vst3Unknown* self, void* bytes, int size, int* moved)
    {
        var rig = _running!;
        var some = Math.Min(Math.Min(size, rig._piece), rig._state.Length - rig._read);
        rig._state.AsSpan(rig._read, some).CopyTo(new Span<byte>(bytes, some));
        rig._read += some;
        *moved = some;
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int WriteStream(Vst3Unknown* self, void* bytes, int size, int* moved)
    {
        var rig = _running!;
        var some = Math.Min(size, rig._piece);
        rig._written.Write(new ReadOnlySpan<byte>(bytes, some));
        *moved = some;
        return 0;
    }
}
