using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack.Native;

/// <summary>The scale in force is slot <c>Current</c>, none while it is -1; a new one is written into the next slot before it is pointed at.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ScalesState
{
    public const int Count = 4;

    public Slots At;
    public int Current, Unused;

    [InlineArray(Count)]
    public struct Slots
    {
        private ScaleState _first;
    }
}
