using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>The face for buses, activity and state: IComponent.</summary>
internal static unsafe class Vst3Component
{
    private const int Audio = 0, Events = 1, In = 0, Stereo = 2, NoteChannels = 16;
    private const uint ActiveAtFirst = 1;

    /// <summary>Its functions.</summary>
    internal static readonly void** Table = Make();

    private static void** Make()
    {
        var table = Vst3Object.MakeTable(14);
        table[3] = (delegate* unmanaged[Cdecl]<Vst3Face*, void*, int>)&Initialize;
        table[4] = (delegate* unmanaged[Cdecl]<Vst3Face*, int>)&Terminate;
        table[5] = (delegate* unmanaged[Cdecl]<Vst3Face*, byte*, int>)&GetControllerClassId;
        table[6] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int>)&SetIoMode;
        table[7] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, int>)&GetBusCount;
        table[8] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, int, Vst3BusInfo*, int>)&GetBusInfo;
        table[9] = (delegate* unmanaged[Cdecl]<Vst3Face*, void*, void*, int>)&GetRoutingInfo;
        table[10] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, int, byte, int>)&ActivateBus;
        table[11] = (delegate* unmanaged[Cdecl]<Vst3Face*, byte, int>)&SetActive;
        table[12] = (delegate* unmanaged[Cdecl]<Vst3Face*, Vst3Unknown*, int>)&SetState;
        table[13] = (delegate* unmanaged[Cdecl]<Vst3Face*, Vst3Unknown*, int>)&GetState;
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Initialize(Vst3Face* self, void* context) => Vst3Result.Ok;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    internal static int Terminate(Vst3Face* self) => Vst3Result.Ok;

    // Processor and controller are one object.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetControllerClassId(Vst3Face* self, byte* id) => Vst3Result.NotImplemented;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetIoMode(Vst3Face* self, int mode) => Vst3Result.NotImplemented;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetBusCount(Vst3Face* self, int media, int direction) => Has(media, direction, 0) ? 1 : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetBusInfo(Vst3Face* self, int media, int direction, int index, Vst3BusInfo* info)
    {
        if (!Has(media, direction, index)) return Vst3Result.Invalid;
        *info = new Vst3BusInfo { Media = media, Direction = direction, Channels = media == Audio ? Stereo : NoteChannels, Flags = ActiveAtFirst };
        Vst3Text.Write(media == Audio ? "Sound" : direction == In ? "Notes In" : "Improvised Notes", info->Name);
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetRoutingInfo(Vst3Face* self, void* input, void* output) => Vst3Result.NotImplemented;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ActivateBus(Vst3Face* self, int media, int direction, int index, byte active) => Has(media, direction, index) ? Vst3Result.Ok : Vst3Result.Invalid;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetActive(Vst3Face* self, byte active)
    {
        try
        {
            var instance = Vst3Object.Of(self);
            if (active != 0) instance.Activate(instance.Rate);
            else instance.Partner.Deactivate();
            return Vst3Result.Ok;
        }
        catch
        {
            return Vst3Result.InternalError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetState(Vst3Face* self, Vst3Unknown* stream)
    {
        try
        {
            if (stream == null || Vst3Stream.ReadAll(stream) is not { } state) return Vst3Result.False;
            var instance = Vst3Object.Of(self);
            var whole = instance.Partner.Load(state);
            instance.ShowState(state);
            return whole ? Vst3Result.Ok : Vst3Result.False;
        }
        catch
        {
            return Vst3Result.InternalError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetState(Vst3Face* self, Vst3Unknown* stream)
    {
        try
        {
            return stream != null && Vst3Stream.WriteAll(stream, Vst3Object.Of(self).Partner.Save()) ? Vst3Result.Ok : Vst3Result.False;
        }
        catch
        {
            return Vst3Result.InternalError;
        }
    }

    // Notes in and out, and sound out.
    private static bool Has(int media, int direction, int index) => index == 0 && (media == Events ? direction is 0 or 1 : media == Audio && direction == 1);
}
