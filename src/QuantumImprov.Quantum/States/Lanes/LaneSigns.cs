using System.Numerics;

namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>Patterns of eight lanes, by lane qubit.</summary>
internal static unsafe class LaneSigns
{
    private static readonly AlignedDoubles Table = Filled();

    /// <summary>The sign bit where the qubit is 0.</summary>
    internal static double* MinusWhereZero { get; } = Table.At;

    /// <summary>All bits where the qubit is 1.</summary>
    internal static double* One { get; } = Table.At + 24;

    /// <summary>For each of the eight sets of lane qubits the sign bit where an odd number of them is 1.</summary>
    internal static double* MinusWhereOdd { get; } = Table.At + 48;

    private static AlignedDoubles Filled()
    {
        var table = new AlignedDoubles(112);
        for (var i = 0; i < 24; i++)
        {
            var one = ((i & 7) >> (i >> 3) & 1) != 0;
            table.Span[i] = one ? 0.0 : -0.0;
            table.Span[24 + i] = one ? BitConverter.Int64BitsToDouble(-1) : 0;
        }

        for (var i = 0; i < 64; i++) table.Span[48 + i] = (BitOperations.PopCount((uint)(i & 7 & (i >> 3))) & 1) != 0 ? -0.0 : 0.0;
        return table;
    }
}
