using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Lv2;

/// <summary>The functions an LV2 host calls. None lets an exception out: it would end the host.</summary>
internal static unsafe class Lv2Entry
{
    private const int Ok = 0, Failed = 1, PlainData = 1, Portable = 2;
    private static readonly byte* StateUri = NativeText.Keep("http://lv2plug.in/ns/ext/state#interface");
    private static readonly Lv2Descriptor* Descriptor = MakeDescriptor();
    private static readonly Lv2State* State = MakeState();

    [UnmanagedCallersOnly(EntryPoint = "qi_lv2_descriptor", CallConvs = [typeof(CallConvCdecl)])]
    private static void* Describe(uint index)
    {
        try
        {
            return index == 0 ? Descriptor : null;
        }
        catch
        {
            return null;
        }
    }

    private static Lv2Descriptor* MakeDescriptor()
    {
        var descriptor = (Lv2Descriptor*)NativeMemory.AllocZeroed((nuint)sizeof(Lv2Descriptor));
        descriptor->Uri = NativeText.Keep(Turtle.Uri);
        descriptor->Instantiate = &Instantiate;
        descriptor->ConnectPort = &ConnectPort;
        descriptor->Activate = &Activate;
        descriptor->Run = &Run;
        descriptor->Deactivate = &Deactivate;
        descriptor->Cleanup = &Cleanup;
        descriptor->ExtensionData = &ExtensionData;
        return descriptor;
    }

    private static Lv2State* MakeState()
    {
        var state = (Lv2State*)NativeMemory.AllocZeroed((nuint)sizeof(Lv2State));
        state->Save = &Save;
        state->Restore = &Restore;
        return state;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Instantiate(Lv2Descriptor* descriptor, double rate, byte* bundle, Lv2Feature** features)
    {
        try
        {
            var map = Find(features, "http://lv2plug.in/ns/ext/urid#map"u8);
            return map == null ? 0 : new Lv2Instance(new Urids((Lv2Map*)map), rate).ToHandle();
        }
        catch
        {
            return 0;
        }
    }

    private static void* Find(Lv2Feature** features, ReadOnlySpan<byte> uri)
    {
        for (; features != null && *features != null; features++)
        {
            if (NativeText.At((*features)->Uri).SequenceEqual(uri)) return (*features)->Data;
        }

        return null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ConnectPort(nint handle, uint port, void* data) => Instance.From<Lv2Instance>(handle).Connect(port, data);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Activate(nint handle)
    {
        var instance = Instance.From<Lv2Instance>(handle);
        try
        {
            instance.TakePorts();
            instance.Activate(instance.Rate);
        }
        catch
        {
            instance.Fail();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(nint handle, uint frames)
    {
        var before = Instance.BeginBlock();
        var instance = Instance.From<Lv2Instance>(handle);
        try
        {
            instance.Run((int)frames);
        }
        catch
        {
            instance.Fail();
        }

        Instance.EndBlock(before);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Deactivate(nint handle)
    {
        try
        {
            Instance.From<Lv2Instance>(handle).Partner.Deactivate();
        }
        catch
        {
            // It plays no more, which is what was asked for.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Cleanup(nint handle)
    {
        try
        {
            Instance.From<Lv2Instance>(handle).Partner.Deactivate();
            Instance.Free(handle);
        }
        catch
        {
            // There is nobody left to tell.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* ExtensionData(byte* uri)
    {
        try
        {
            return NativeText.At(uri).SequenceEqual(NativeText.At(StateUri)) ? State : null;
        }
        catch
        {
            return null;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Save(nint handle, delegate* unmanaged[Cdecl]<nint, uint, void*, nuint, uint, uint, int> store, nint host, uint flags, Lv2Feature** features)
    {
        try
        {
            var instance = Instance.From<Lv2Instance>(handle);
            var state = instance.Partner.Save();
            fixed (byte* bytes = state) return store(host, instance.Urids.State, bytes, (nuint)state.Length, instance.Urids.Chunk, PlainData | Portable);
        }
        catch
        {
            return Failed;
        }
    }

    // The host itself puts the ports where they stood.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Restore(nint handle, delegate* unmanaged[Cdecl]<nint, uint, nuint*, uint*, uint*, void*> retrieve, nint host, uint flags, Lv2Feature** features)
    {
        try
        {
            var instance = Instance.From<Lv2Instance>(handle);
            nuint size;
            uint type, kind;
            var bytes = retrieve(host, instance.Urids.State, &size, &type, &kind);
            if (bytes == null) return Ok;
            return instance.Partner.Load(new ReadOnlySpan<byte>(bytes, (int)Math.Min(size, int.MaxValue)), parameters: false) ? Ok : Failed;
        }
        catch
        {
            return Failed;
        }
    }
}
