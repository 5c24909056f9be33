using QuantumImprov.Engine.Listening;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Engine.Music;
using QuantumImprov.Plugin.Lv2;
using QuantumImprov.Plugin.Parameters;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Tests.Hosts;

/// <summary>An LV2 host.</summary>
internal sealed unsafe class Lv2Rig : HostRig
{
    private const int SequenceRoom = 1 << 20;
    private static readonly ConcurrentDictionary<string, uint> Uris = new();

    [ThreadStatic]
    private static Lv2Rig? _running;

    private readonly Lv2Descriptor* _descriptor;
    private readonly nint _plugin;
    private readonly byte* _in = (byte*)NativeMemory.AllocZeroed(SequenceRoom), _out = (byte*)NativeMemory.AllocZeroed(SequenceRoom);
    private readonly float* _controls = (float*)NativeMemory.AllocZeroed(64 * sizeof(float));
    private byte[] _state = [];
    private nint _held;

    internal Lv2Rig(double rate = 48_000)
    {
        var describe = (delegate* unmanaged[Cdecl]<uint, Lv2Descriptor*>)PluginLibrary.Export("lv2", "lv2_descriptor");
        _descriptor = describe(0);
        Assert.True(_descriptor != null && describe(1) == null);
        var map = (Lv2Map*)NativeMemory.AllocZeroed((nuint)sizeof(Lv2Map));
        map->Map = &Map;
        var feature = new Lv2Feature { Uri = NativeText.Keep("http://lv2plug.in/ns/ext/urid#map"), Data = map };
        var none = stackalloc Lv2Feature*[1];
        Assert.Equal(0, _descriptor->Instantiate(_descriptor, rate, NativeText.Keep("/"), none));
        var features = stackalloc Lv2Feature*[2] { &feature, null };
        _plugin = _descriptor->Instantiate(_descriptor, rate, NativeText.Keep("/"), features);
        Assert.NotEqual(0, _plugin);
        _descriptor->ConnectPort(_plugin, Lv2Instance.In, _in);
        _descriptor->ConnectPort(_plugin, Lv2Instance.Out, _out);
        _descriptor->ConnectPort(_plugin, Lv2Instance.Left, Unsafe.AsPointer(ref Left[0]));
        _descriptor->ConnectPort(_plugin, Lv2Instance.Right, Unsafe.AsPointer(ref Right[0]));
        for (var i = 0; i < ParameterTable.All.Length; i++)
        {
            _controls[i] = (float)ParameterTable.All[i].Default;
            _descriptor->ConnectPort(_plugin, (uint)(Lv2Instance.FirstParameter + i), _controls + i);
        }
    }

    internal override long Allocated => PluginLibrary.Allocated("lv2");

    internal override void Activate(double rate) => _descriptor->Activate(_plugin);

    internal override void Deactivate() => _descriptor->Deactivate(_plugin);

    // Controls are read once a block: a value counts from the block's beginning.
    internal override void Process(int frames, ReadOnlySpan<HostedEvent> events, SongPlace? transport)
    {
        Out.Clear();
        var sequence = (Lv2Sequence*)_in;
        sequence->Atom.Type = Urid("http://lv2plug.in/ns/ext/atom#Sequence");
        var at = (byte*)(sequence + 1);
        if (transport is { } told) at = WritePosition(at, told);
        foreach (var e in events)
        {
            if (e.Parameter >= 0)
            {
                _controls[e.Parameter] = (float)e.Value;
                continue;
            }

            if (at - _in > SequenceRoom - 64) break;
            *(Lv2Event*)at = new Lv2Event { Frames = e.Offset, Body = new Lv2Atom { Size = (uint)Math.Max(1, e.Message.Length), Type = Urid("http://lv2plug.in/ns/ext/midi#MidiEvent") } };
            *(ulong*)(at + 16) = e.Message.Status | (ulong)e.Message.Data1 << 8 | (ulong)e.Message.Data2 << 16;
            at += 24;
        }

        sequence->Atom.Size = (uint)(at - _in - 8);
        var output = (Lv2Sequence*)_out;
        output->Atom.Size = (uint)Math.Min(SequenceRoom - 8, 8 + 24L * Math.Min(Room, SequenceRoom / 32));
        _descriptor->Run(_plugin, (uint)frames);
        for (var i = 0; i < ParameterTable.All.Length; i++)
        {
            if (ParameterTable.All[i].IsMeter) Told[ParameterTable.All[i].Id] = _controls[i];
        }

        var reader = new SequenceReader(output);
        for (var next = reader.Next(); next != null; next = reader.Next())
        {
            var body = (byte*)(next + 1);
            Take((int)next->Frames, new ShortMessage(body[0], next->Body.Size > 1 ? body[1] : (byte)0, next->Body.Size > 2 ? body[2] : (byte)0));
        }
    }

    /// <summary>Runs a block over a sequence of any bytes.</summary>
    internal void ProcessBytes(int frames, ReadOnlySpan<byte> sequence)
    {
        sequence.CopyTo(new Span<byte>(_in, SequenceRoom));
        ((Lv2Sequence*)_out)->Atom.Size = SequenceRoom - 8;
        _descriptor->Run(_plugin, (uint)frames);
    }

    internal override byte[] Save(int piece)
    {
        _running = this;
        var state = (Lv2State*)_descriptor->ExtensionData(NativeText.Keep("http://lv2plug.in/ns/ext/state#interface"));
        Assert.Equal(0, state->Save(_plugin, &Store, 0, 0, null));
        return _state;
    }

    internal override bool Load(byte[] state, int piece)
    {
        (_running, _state) = (this, state);
        var face = (Lv2State*)_descriptor->ExtensionData(NativeText.Keep("http://lv2plug.in/ns/ext/state#interface"));
        _held = Marshal.AllocHGlobal(state.Length + 1);
        Marshal.Copy(state, 0, _held, state.Length);
        var result = face->Restore(_plugin, &Retrieve, 0, 0, null);
        Marshal.FreeHGlobal(_held);
        return result == 0;
    }

    public override void Dispose()
    {
        _descriptor->Cleanup(_plugin);
        NativeMemory.Free(_in);
        NativeMemory.Free(_out);
        NativeMemory.Free(_controls);
    }

    private static byte* WritePosition(byte* at, in SongPlace told)
    {
        var head = (Lv2Event*)at;
        var body = at + sizeof(Lv2Event);
        *(uint*)body = 0;
        *(uint*)(body + 4) = Urid("http://lv2plug.in/ns/ext/time#Position");
        var to = body + 8;
        var bar = Math.Round(told.BarStart / (told.Numerator * 4.0 / told.Denominator));
        to = Property(to, "bar", "Long", BitConverter.GetBytes((long)bar));
        to = Property(to, "barBeat", "Float", BitConverter.GetBytes((float)((told.Quarters - told.BarStart) * told.Denominator / 4)));
        to = Property(to, "beatUnit", "Int", BitConverter.GetBytes(told.Denominator));
        to = Property(to, "beatsPerBar", "Float", BitConverter.GetBytes((float)told.Numerator));
        to = Property(to, "beatsPerMinute", "Float", BitConverter.GetBytes((float)told.Tempo));
        to = Property(to, "frame", "Long", BitConverter.GetBytes((long)Math.Round(told.Seconds * 48_000)));
        to = Property(to, "speed", "Float", BitConverter.GetBytes(told.IsPlaying == true ? 1f : 0));
        *head = new Lv2Event { Frames = 0, Body = new Lv2Atom { Size = (uint)(to - body), Type = Urid("http://lv2plug.in/ns/ext/atom#Object") } };
        return to;
    }

    private static byte* Property(byte* at, string key, string type, byte[] value)
    {
        *(uint*)at = Urid("http://lv2plug.in/ns/ext/time#" + key);
        *(uint*)(at + 4) = 0;
        *(Lv2Atom*)(at + 8) = new Lv2Atom { Size = (uint)value.Length, Type = Urid("http://lv2plug.in/ns/ext/atom#" + type) };
        *(ulong*)(at + 16) = 0;
        value.CopyTo(new Span<byte>(at + 16, 8));
        return at + 24;
    }

    internal static uint Urid(string uri) => Uris.GetOrAdd(uri, static _ => (uint)Uris.Count + 1);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Map(nint handle, byte* uri)
    {
        lock (Uris) return Urid(Marshal.PtrToStringUTF8((nint)uri)!);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Store(nint host, uint key, void* value, nuint size, uint type, uint flags)
    {
        _running!._state = new ReadOnlySpan<byte>(value, (int)size).ToArray();
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Retrieve(nint host, uint key, nuint* size, uint* type, uint* flags)
    {
        *size = (nuint)_running!._state.Length;
        return (void*)_running._held;
    }
}
