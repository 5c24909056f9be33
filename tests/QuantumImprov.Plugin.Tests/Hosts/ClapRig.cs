using QuantumImprov.Engine.Listening;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Clap;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>A CLAP host.</summary>
internal sealed unsafe class ClapRig : HostRig
{
    private const int EventRoom = 64;

    [ThreadStatic]
    private static ClapRig? _running;

    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed(16_384 * EventRoom);
    private readonly ClapHost* _host = (ClapHost*)NativeMemory.AllocZeroed((nuint)sizeof(ClapHost));
    private int _count, _piece, _read;
    private MemoryStream _written = new();
    private byte[] _state = [];

    internal ClapRig()
    {
        var entry = (nint*)PluginLibrary.Export("clap", "clap_entry");
        Assert.Equal(1u, *(uint*)entry);
        fixed (byte* path = Encoding.UTF8.GetBytes(PluginLibrary.PathOf("clap") + "\0")) Assert.Equal(1, ((delegate* unmanaged[Cdecl]<byte*, byte>)entry[2])(path));
        *_host = new ClapHost { Version = new ClapVersion { Major = 1, Minor = 2, Revision = 2 }, Name = Keep("test"), Vendor = Keep("test"), Url = Keep(""), HostVersion = Keep("1"), GetExtension = &HostExtension, RequestCallback = &Request, RequestProcess = &Request, RequestRestart = &Request };
        Factory = (ClapFactory*)((delegate* unmanaged[Cdecl]<byte*, void*>)entry[4])(Keep("clap.plugin-factory"));
        Assert.True(Factory != null);
        Assert.Equal(1u, Factory->Count(Factory));
        Plugin = Factory->Create(Factory, _host, Factory->Describe(Factory, 0)->Id);
        Assert.True(Plugin != null);
        Assert.Equal(1, Plugin->Init(Plugin));
    }

    internal ClapFactory* Factory { get; }

    internal ClapPlugin* Plugin { get; }

    internal List<string> Log { get; } = [];

    internal override long Allocated => PluginLibrary.Allocated("clap");

    internal T* Extension<T>(string id)
        where T : unmanaged => (T*)Plugin->GetExtension(Plugin, Keep(id));

    internal override void Activate(double rate)
    {
        Assert.Equal(1, Plugin->Activate(Plugin, rate, 1, MostFrames));
        Assert.Equal(1, Plugin->StartProcessing(Plugin));
    }

    internal override void Deactivate()
    {
        Plugin->StopProcessing(Plugin);
        Plugin->Deactivate(Plugin);
    }

    internal override void Process(int frames, ReadOnlySpan<HostedEvent> events, SongPlace? transport)
    {
        _running = this;
        Out.Clear();
        _count = 0;
        foreach (var e in events) Write(e);
        var song = transport is { } told ? Song(told) : default;
        var buffers = stackalloc float*[2] { (float*)Unsafe.AsPointer(ref Left[0]), (float*)Unsafe.AsPointer(ref Right[0]) };
        var audio = new ClapAudioBuffer { Data32 = buffers, Channels = 2 };
        var input = new ClapInputEvents { Size = &Size, Get = &Get };
        var output = new ClapOutputEvents { TryPush = &TryPush };
        var block = new ClapProcess { SteadyTime = -1, Frames = (uint)frames, Transport = transport is null ? null : &song, AudioOut = &audio, AudioOutCount = 1, In = &input, Out = &output };
        Assert.Equal(1, Plugin->Process(Plugin, &block));
    }

    internal void Flush(ReadOnlySpan<HostedEvent> events)
    {
        _running = this;
        _count = 0;
        foreach (var e in events) Write(e);
        var input = new ClapInputEvents { Size = &Size, Get = &Get };
        var output = new ClapOutputEvents { TryPush = &TryPush };
        Extension<ClapParameters>("clap.params")->Flush(Plugin, &input, &output);
    }

    internal override byte[] Save(int piece)
    {
        (_running, _piece, _written) = (this, piece, new MemoryStream());
        var stream = new ClapStream { Move = &WriteStream };
        Assert.Equal(1, Extension<ClapState>("clap.state")->Save(Plugin, &stream));
        return _written.ToArray();
    }

    internal override bool Load(byte[] state, int piece)
    {
        (_running, _piece, _state, _read) = (this, piece, state, 0);
        var stream = new ClapStream { Move = &ReadStream };
        return Extension<ClapState>("clap.state")->Load(Plugin, &stream) != 0;
    }

    public override void Dispose()
    {
        Plugin->Destroy(Plugin);
        NativeMemory.Free(_events);
        NativeMemory.Free(_host);
    }

    private void Write(in HostedEvent e)
    {
        if (_count == 16_384) return;
        var at = _events + _count++ * EventRoom;
        var m = e.Message;
        if (e.Parameter >= 0)
        {
            *(ClapEventValue*)at = new ClapEventValue { Header = Head(sizeof(ClapEventValue), e.Offset, ClapInstance.ParameterValue), Id = ParameterTable.All[e.Parameter].Id, NoteId = -1, Port = -1, Channel = -1, Key = -1, Value = e.Value };
        }
        else if (m.IsNoteOn || m.IsNoteOff)
        {
            *(ClapEventNote*)at = new ClapEventNote { Header = Head(sizeof(ClapEventNote), e.Offset, m.IsNoteOn ? ClapInstance.NoteOn : ClapInstance.NoteOff), NoteId = -1, Channel = (short)m.Channel, Key = m.Data1, Velocity = m.Data2 / 127.0 };
        }
        else
        {
            var midi = new ClapEventMidi { Header = Head(sizeof(ClapEventMidi), e.Offset, ClapInstance.MidiEvent) };
            (midi.Data[0], midi.Data[1], midi.Data[2]) = (m.Status, m.Data1, m.Data2);
            *(ClapEventMidi*)at = midi;
        }
    }

    private static ClapEventHeader Head(int size, int offset, int type) => new() { Size = (uint)size, Time = (uint)offset, Type = (ushort)type };

    private static ClapTransport Song(in SongPlace told) => new()
    {
        Header = Head(sizeof(ClapTransport), 0, ClapInstance.TransportEvent),
        Flags = 1 | 2 | 4 | 8 | (told.IsPlaying == true ? 16u : 0),
        Tempo = told.Tempo,
        Seconds = (long)Math.Round(told.Seconds * (1L << 31)),
        Beats = (long)Math.Round(told.Quarters * (1L << 31)),
        BarStart = (long)Math.Round(told.BarStart * (1L << 31)),
        Numerator = (ushort)told.Numerator,
        Denominator = (ushort)told.Denominator,
    };

    private static byte* Keep(string text) => NativeText.Keep(text);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Request(ClapHost* host)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* HostExtension(ClapHost* host, byte* id)
    {
        if (Marshal.PtrToStringUTF8((nint)id) != "clap.log") return null;
        var log = (ClapHostLog*)NativeMemory.Alloc((nuint)sizeof(ClapHostLog));
        log->Log = &Tell;
        return log;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Tell(ClapHost* host, int severity, byte* text) => _running!.Log.Add(Marshal.PtrToStringUTF8((nint)text)!);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Size(ClapInputEvents* events) => (uint)_running!._count;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ClapEventHeader* Get(ClapInputEvents* events, uint index) => (ClapEventHeader*)(_running!._events + index * EventRoom);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte TryPush(ClapOutputEvents* events, ClapEventHeader* head)
    {
        if (head->Type == ClapInstance.ParameterValue)
        {
            Assert.Equal(0u, head->Time);
            _running!.Told[((ClapEventValue*)head)->Id] = ((ClapEventValue*)head)->Value;
            return 1;
        }

        var message = head->Type == ClapInstance.MidiEvent
            ? new ShortMessage(((ClapEventMidi*)head)->Data[0], ((ClapEventMidi*)head)->Data[1], ((ClapEventMidi*)head)->Data[2])
            : head->Type == ClapInstance.NoteOn
                ? ShortMessage.NoteOn(((ClapEventNote*)head)->Channel, ((ClapEventNote*)head)->Key, (int)Math.Round(((ClapEventNote*)head)->Velocity * 127))
                : ShortMessage.NoteOff(((ClapEventNote*)head)->Channel, ((ClapEventNote*)head)->Key);
        return _running!.Take((int)head->Time, message) ? (byte)1 : (byte)0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long WriteStream(ClapStream* stream, void* bytes, ulong size)
    {
        var rig = _running!;
        var some = (int)Math.Min(size, (ulong)rig._piece);
        rig._written.Write(new ReadOnlySpan<byte>(bytes, some));
        return some;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long ReadStream(ClapStream* stream, void* bytes, ulong size)
    {
        var rig = _running!;
        var some = Math.Min((int)Math.Min(size, (ulong)rig._piece), rig._state.Length - rig._read);
        rig._state.AsSpan(rig._read, some).CopyTo(new Span<byte>(bytes, some));
        rig._read += some;
        return some;
    }
}
