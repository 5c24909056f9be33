using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>The face for the groups of parameters: IUnitInfo.</summary>
internal static unsafe class Vst3Units
{
    private const int NoParent = -1, NoPrograms = -1;

    /// <summary>Its functions.</summary>
    internal static readonly void** Table = Make();

    private static void** Make()
    {
        var table = Vst3Object.MakeTable(15);
        table[3] = (delegate* unmanaged[Cdecl]<Vst3Face*, int>)&GetUnitCount;
        table[4] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, Vst3UnitInfo*, int>)&GetUnitInfo;
        table[5] = (delegate* unmanaged[Cdecl]<Vst3Face*, int>)&None;
        table[6] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, void*, int>)&NoListInfo;
        table[7] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, char*, int>)&NoName;
        table[8] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, byte*, char*, int>)&NoInfo;
        table[9] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, int>)&NoPitchNames;
        table[10] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, short, char*, int>)&NoPitchName;
        table[11] = (delegate* unmanaged[Cdecl]<Vst3Face*, int>)&None;
        table[12] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int>)&Select;
        table[13] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, int, int, int*, int>)&GetUnitByBus;
        table[14] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, void*, int>)&NoProgramData;
        return table;
    }

    // The root, and a unit for each group.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetUnitCount(Vst3Face* self) => 1 + Vst3Parameters.Groups.Length;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetUnitInfo(Vst3Face* self, int index, Vst3UnitInfo* info)
    {
        if (index < 0 || index > Vst3Parameters.Groups.Length) return Vst3Result.Invalid;
        *info = new Vst3UnitInfo { Id = index, Parent = index == 0 ? NoParent : 0, Programs = NoPrograms };
        Vst3Text.Write(index == 0 ? "Root" : Vst3Parameters.Groups[index - 1], info->Name);
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int None(Vst3Face* self) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoListInfo(Vst3Face* self, int index, void* info) => Vst3Result.False;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoName(Vst3Face* self, int list, int program, char* name) => Vst3Result.False;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoInfo(Vst3Face* self, int list, int program, byte* attribute, char* value) => Vst3Result.False;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoPitchNames(Vst3Face* self, int list, int program) => Vst3Result.False;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoPitchName(Vst3Face* self, int list, int program, short pitch, char* name) => Vst3Result.False;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Select(Vst3Face* self, int unit) => Vst3Result.Ok;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetUnitByBus(Vst3Face* self, int media, int direction, int bus, int channel, int* unit)
    {
        *unit = 0;
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoProgramData(Vst3Face* self, int list, int program, void* data) => Vst3Result.False;
}
