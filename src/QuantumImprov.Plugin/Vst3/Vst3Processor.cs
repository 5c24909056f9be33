using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using QuantumImprov.Plugin.Processing;

namespace QuantumImprov.Plugin.Vst3;

/// <summary>The face for blocks: IAudioProcessor; and the one that says what of the host's song is needed: IProcessContextRequirements.</summary>
internal static unsafe class Vst3Processor
{
    private const int Float32 = 0;
    private const ulong Stereo = 3;
    private const uint NeedsQuarters = 1 << 2, NeedsBar = 1 << 3, NeedsTempo = 1 << 6, NeedsMetre = 1 << 7, NeedsTransport = 1 << 10;

    /// <summary>Its functions.</summary>
    internal static readonly void** Table = Make();

    /// <summary>The other face's functions.</summary>
    internal static readonly void** RequirementsTable = MakeRequirements();

    private static void** Make()
    {
        var table = Vst3Object.MakeTable(11);
        table[3] = (delegate* unmanaged[Cdecl]<Vst3Face*, ulong*, int, ulong*, int, int>)&SetBusArrangements;
        table[4] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int, ulong*, int>)&GetBusArrangement;
        table[5] = (delegate* unmanaged[Cdecl]<Vst3Face*, int, int>)&CanProcessSampleSize;
        table[6] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint>)&None;
        table[7] = (delegate* unmanaged[Cdecl]<Vst3Face*, Vst3Setup*, int>)&SetupProcessing;
        table[8] = (delegate* unmanaged[Cdecl]<Vst3Face*, byte, int>)&SetProcessing;
        table[9] = (delegate* unmanaged[Cdecl]<Vst3Face*, Vst3Block*, int>)&Process;
        table[10] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint>)&Tail;
        return table;
    }

    private static void** MakeRequirements()
    {
        var table = Vst3Object.MakeTable(4);
        table[3] = (delegate* unmanaged[Cdecl]<Vst3Face*, uint>)&Requirements;
        return table;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Requirements(Vst3Face* self) => NeedsQuarters | NeedsBar | NeedsTempo | NeedsMetre | NeedsTransport;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetBusArrangements(Vst3Face* self, ulong* inputs, int inCount, ulong* outputs, int outCount) =>
        inCount == 0 && (outCount == 0 || (outCount == 1 && outputs != null && outputs[0] == Stereo)) ? Vst3Result.Ok : Vst3Result.False;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetBusArrangement(Vst3Face* self, int direction, int index, ulong* arrangement)
    {
        if (direction != 1 || index != 0) return Vst3Result.Invalid;
        *arrangement = Stereo;
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CanProcessSampleSize(Vst3Face* self, int size) => size == Float32 ? Vst3Result.Ok : Vst3Result.False;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint None(Vst3Face* self) => 0;

    // It speaks by itself: it is never known to be silent for good.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static uint Tail(Vst3Face* self) => uint.MaxValue;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetupProcessing(Vst3Face* self, Vst3Setup* setup)
    {
        if (setup->SampleSize != Float32) return Vst3Result.False;
        Vst3Object.Of(self).Rate = setup->Rate;
        return Vst3Result.Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetProcessing(Vst3Face* self, byte processing)
    {
        var instance = Vst3Object.Of(self);
        try
        {
            if (processing == 0) instance.Partner.Processor?.Reset();
            return Vst3Result.Ok;
        }
        catch
        {
            instance.Fail();
            return Vst3Result.InternalError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Process(Vst3Face* self, Vst3Block* block)
    {
        var before = Instance.BeginBlock();
        var instance = Vst3Object.Of(self);
        var result = Vst3Result.Ok;
        try
        {
            instance.Process(block);
        }
        catch
        {
            instance.Fail();
            result = Vst3Result.InternalError;
        }

        Instance.EndBlock(before);
        return result;
    }
}
