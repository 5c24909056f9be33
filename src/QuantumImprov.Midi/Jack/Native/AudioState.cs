using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>
/// How the callback and the thread that renders meet. Positions count the frames of the periods that sounded: every message before <c>Fed</c> is in the feed,
/// what lies before <c>Start</c> belongs to an earlier synth, every frame before <c>Rendered</c> is in the ring. <c>Latency</c> and <c>Late</c> are frames,
/// <c>Rate</c> is the synth's (0: there is none).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AudioState
{
    public long Fed, Start, Late, Rendered;
    public int Latency, Rate;
}
