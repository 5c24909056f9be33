using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>What the library gives to hosts: one class. It lives as long as the library.</summary>
internal static unsafe class Vst3Factory
{
    private const int ManyInstances = 0x7FFFFFFF, Unicode = 16;
    private static readonly Vst3Face* Face = Make();

    [UnmanagedCallersOnly(EntryPoint = "qi_vst3_factory", CallConvs = [typeof(CallConvCdecl)])]
    private static void* Get()
    {
        try
        {
            return Face;
        }
        catch
        {
            return null;
        }
    }

    private static Vst3Face* Make()
    {
        var table = (void**)NativeMemory.AllocZeroed(8, (nuint)sizeof(void*));
        table[0] = (delegate* unmanaged[Cdecl]<Vst3Face*, byte*, void**, int>)&QueryInterface;
        table[1] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint>)&Count;
        table[2] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint>)&Count;
        table[3] = (delegate* unmanaged[Cdecl]<Vst3Face*, Vst3FactoryInfo*, int>)&GetFactoryInfo;
        table[4] = (delegate* unmanaged[Cdecl]<Vst3Face*, int>)&CountClasses;
        table[5] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, Vst3ClassInfo*, int>)&GetClassInfo;
        table[6] = (delegate* unmanaged[Cdecl]<Vst3Face*, byte*, byte*, void**, int>)&CreateInstance;
        table[7] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, Vst3ClassInfo2*, int>)&GetClassInfo2;
        var face = (Vst3Face*)NativeMemory.AllocZeroed((nuint)sizeof(Vst3Face));
        face->Table = table;
        return face;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int QueryInterface(Vst3Face* self, byte* id, void** face)
    {
        *face = Vst3Id.Unknown.Is(id) || Vst3Id.Factory.Is(id) || Vst3Id.Factory2.Is(id) ? self : null;
        return *face != null ? Vst3Result.Ok : Vst3Result.NoInterface;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Count(Vst3Face* self) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetFactoryInfo(Vst3Face* self, Vst3FactoryInfo* info)
    {
        *info = new Vst3FactoryInfo { Flags = Unicode };
        NativeText.Write("QuantumImprov", new Span<byte>(info->Vendor, 64));
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CountClasses(Vst3Face* self) => 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetClassInfo(Vst3Face* self, int index, Vst3ClassInfo* info)
    {
        if (index != 0) return Vst3Result.Invalid;
        Describe(info);
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetClassInfo2(Vst3Face* self, int index, Vst3ClassInfo2* info)
    {
        if (index != 0) return Vst3Result.Invalid;
        *info = default;
        Describe(&info->First);
        // What only makes notes has no category of its own.
        NativeText.Write("Instrument|Synth", new Span<byte>(info->SubCategories, 128));
        NativeText.Write("QuantumImprov", new Span<byte>(info->Vendor, 64));
        NativeText.Write(LibraryFacts.Version, new Span<byte>(info->Version, 64));
        NativeText.Write("VST 3.7.0", new Span<byte>(info->SdkVersion, 64));
        return Vst3Result.Ok;
    }

    private static void Describe(Vst3ClassInfo* info)
    {
        *info = new Vst3ClassInfo { Cardinality = ManyInstances };
        Vst3Id.Plugin.Write(new Span<byte>(info->Id, 16));
        NativeText.Write("Audio Module Class", new Span<byte>(info->Category, 32));
        NativeText.Write("QuantumImprov", new Span<byte>(info->Name, 64));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CreateInstance(Vst3Face* self, byte* id, byte* wanted, void** made)
    {
        try
        {
            *made = null;
            if (!Vst3Id.Plugin.Is(id)) return Vst3Result.NoInterface;
            var plugin = Vst3Object.Make();
            var face = Vst3Object.Find(plugin, wanted);
            if (face == null)
            {
                ((delegate* unmanaged[Cdecl]<Vst3Face*, uint>)plugin->Component.Table[2])(&plugin->Component);
                return Vst3Result.NoInterface;
            }

            *made = face;
            return Vst3Result.Ok;
        }
        catch
        {
            return Vst3Result.InternalError;
        }
    }
}
