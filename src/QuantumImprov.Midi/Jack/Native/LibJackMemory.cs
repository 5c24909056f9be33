using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>What the native callbacks call of libjack.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LibJackMemory
{
    public nint LastFrameTime, PortGetBuffer, MidiGetEventCount, MidiEventGet, MidiClearBuffer, MidiEventReserve, MidiGetLostEventCount;

    /// <summary>The functions as they were found; after <see cref="LibJack.TryLoad"/>.</summary>
    public static LibJackMemory Found => new()
    {
        LastFrameTime = (nint)LibJack.LastFrameTime,
        PortGetBuffer = (nint)LibJack.PortGetBuffer,
        MidiGetEventCount = (nint)LibJack.MidiGetEventCount,
        MidiEventGet = (nint)LibJack.MidiEventGet,
        MidiClearBuffer = (nint)LibJack.MidiClearBuffer,
        MidiEventReserve = (nint)LibJack.MidiEventReserve,
        MidiGetLostEventCount = (nint)LibJack.MidiGetLostEventCount,
    };
}
