using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>A <see cref="FrameScale"/> as the native callback reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ScaleState
{
    public long Rate, OriginFrame, Origin;
}
