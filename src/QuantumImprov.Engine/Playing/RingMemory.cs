using System.Runtime.InteropServices;

namespace QuantumImprov.Engine.Playing;

/// <summary>Where a ring lies, for native code that reads or writes it as one of its two threads. Valid as long as the ring lives.</summary>
/// <param name="Counters">Address of three 64-bit counters, 64 bytes apart: items written, items read, items refused.</param>
/// <param name="Slots">Address of the first slot.</param>
/// <param name="Capacity">Slots, a power of two.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct RingMemory(nint Counters, nint Slots, long Capacity);
