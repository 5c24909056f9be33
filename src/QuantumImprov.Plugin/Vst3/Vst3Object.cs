using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>The plugin as hosts hold it: one object with six faces and one count of who uses it. In native memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Vst3Object
{
    internal Vst3Face Component, Processor, Controller, Requirements, Mapping, Units;
    internal int Users;
    internal nint Instance;

    /// <summary>A new one, used once.</summary>
    internal static Vst3Object* Make()
    {
        var made = (Vst3Object*)NativeMemory.AllocZeroed((nuint)sizeof(Vst3Object));
        made->Component = new Vst3Face { Table = Vst3Component.Table, Owner = made };
        made->Processor = new Vst3Face { Table = Vst3Processor.Table, Owner = made };
        made->Controller = new Vst3Face { Table = Vst3Controller.Table, Owner = made };
        made->Requirements = new Vst3Face { Table = Vst3Processor.RequirementsTable, Owner = made };
        made->Mapping = new Vst3Face { Table = Vst3Controller.MappingTable, Owner = made };
        made->Units = new Vst3Face { Table = Vst3Units.Table, Owner = made };
        made->Users = 1;
        made->Instance = new Vst3Instance().ToHandle();
        return made;
    }

    /// <summary>The instance behind any face.</summary>
    internal static Vst3Instance Of(Vst3Face* face) => Processing.Instance.From<Vst3Instance>(face->Owner->Instance);

    /// <summary>The face for an interface; null when there is none.</summary>
    internal static Vst3Face* Find(Vst3Object* owner, byte* id) =>
        Vst3Id.Unknown.Is(id) || Vst3Id.PluginBase.Is(id) || Vst3Id.Component.Is(id) ? &owner->Component
        : Vst3Id.AudioProcessor.Is(id) ? &owner->Processor
        : Vst3Id.Controller.Is(id) ? &owner->Controller
        : Vst3Id.Requirements.Is(id) ? &owner->Requirements
        : Vst3Id.MidiMapping.Is(id) ? &owner->Mapping
        : Vst3Id.UnitInfo.Is(id) ? &owner->Units
        : null;

    /// <summary>A table with room for <paramref name="slots"/> functions, the first three of which every interface has.</summary>
    internal static void** MakeTable(int slots)
    {
        var table = (void**)NativeMemory.AllocZeroed((nuint)slots, (nuint)sizeof(void*));
        table[0] = (delegate* unmanaged[Cdecl]<Vst3Face*, byte*, void**, int>)&QueryInterface;
        table[1] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint>)&AddRef;
        table[2] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint>)&Release;
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int QueryInterface(Vst3Face* self, byte* id, void** face)
    {
        try
        {
            *face = Find(self->Owner, id);
            if (*face == null) return Vst3Result.NoInterface;
            Interlocked.Increment(ref self->Owner->Users);
            return Vst3Result.Ok;
        }
        catch
        {
            return Vst3Result.InternalError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint AddRef(Vst3Face* self) => (uint)Interlocked.Increment(ref self->Owner->Users);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Release(Vst3Face* self)
    {
        var left = Interlocked.Decrement(ref self->Owner->Users);
        if (left != 0) return (uint)left;
        try
        {
            Of(self).Partner.Deactivate();
            Processing.Instance.Free(self->Owner->Instance);
            NativeMemory.Free(self->Owner);
        }
        catch
        {
            // There is nobody left to tell.
        }

        return 0;
    }
}
