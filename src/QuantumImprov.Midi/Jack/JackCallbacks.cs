using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>The doors through which libjack enters: static functions that find their object by a handle and let no exception out.</summary>
internal static unsafe class JackCallbacks
{
    /// <summary>Sets what <paramref name="client"/> tells of outside its periods; before it is activated. <paramref name="owner"/> is a handle to its <see cref="JackClient"/>.</summary>
    public static void Install(nint client, nint owner)
    {
        LibJack.SetBufferSizeCallback(client, &OnBufferSize, owner);
        LibJack.SetSampleRateCallback(client, &OnSampleRate, owner);
        LibJack.SetPortConnectCallback(client, &OnPortConnect, owner);
        LibJack.SetPortRegistrationCallback(client, &OnPortRegistration, owner);
        LibJack.OnInfoShutdown(client, &OnShutdown, owner);
    }

    /// <summary>Sets the managed process and xrun callbacks.</summary>
    public static void Install(nint client, GCHandle<Period> period, nint owner)
    {
        var toPeriod = GCHandle<Period>.ToIntPtr(period);
        LibJack.SetThreadInitCallback(client, &OnThreadInit, toPeriod);
        LibJack.SetProcessCallback(client, &OnPeriod, toPeriod);
        LibJack.SetXrunCallback(client, &OnXrun, owner);
    }

    // The runtime makes its record of a foreign thread at the thread's first managed call: here, before the first period.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnThreadInit(nint period) => GC.GetAllocatedBytesForCurrentThread();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int OnPeriod(uint frames, nint period)
    {
        GCHandle<Period>.FromIntPtr(period).Target.Run(frames);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnXrun(nint owner)
    {
        GCHandle<JackClient>.FromIntPtr(owner).Target.HearXrun();
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnBufferSize(uint frames, nint owner)
    {
        GCHandle<JackClient>.FromIntPtr(owner).Target.HearBufferSize((int)frames);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSampleRate(uint rate, nint owner)
    {
        GCHandle<JackClient>.FromIntPtr(owner).Target.HearSampleRate((int)rate);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPortConnect(uint a, uint b, int connected, nint owner) =>
        GCHandle<JackClient>.FromIntPtr(owner).Target.HearConnection(a, b, connected != 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPortRegistration(uint port, int there, nint owner) => GCHandle<JackClient>.FromIntPtr(owner).Target.HearPort(port, there != 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnShutdown(int code, byte* reason, nint owner) => GCHandle<JackClient>.FromIntPtr(owner).Target.HearShutdown();
}
