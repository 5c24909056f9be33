using System.Runtime.InteropServices;

namespace QuantumImprov.Midi.Jack;

/// <summary>What <see cref="InputDecoder"/> counts, and whether it stands within a system exclusive message.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DecoderState
{
    public long Exclusives, Malformed;
    public int InExclusive, Unused;
}
