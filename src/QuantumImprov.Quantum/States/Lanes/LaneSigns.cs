namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>For each of the three lane qubits eight patterns.</summary>
internal static unsafe class LaneSigns
{
    private static readonly AlignedDoubles Table = Filled();

    /// <summary>The sign bit where the qubit is 0.</summary>
    internal static double* MinusWhereZero { get; } = Table.At;

    /// <summary>All bits where the qubit is 1.</summary>
    internal static double* One { get; } = Table.At + 24;

    private static AlignedDoubles Filled()
    {
        var table = new AlignedDoubles(48);
        for (var i = 0; i < 24; i++)
        {
            var one = ((i & 7) >> (i >> 3) & 1) != 0;
            table.Span[i] = one ? 0.0 : -0.0;
            table.Span[24 + i] = one ? BitConverter.Int64BitsToDouble(-1) : 0;
        }

        return table;
    }
}
