namespace QuantumImprov.Quantum.States.Lanes;

/// <summary>For each of the three lane qubits eight sign bits, set where the qubit is 0.</summary>
internal static unsafe class LaneSigns
{
    private static readonly AlignedDoubles Table = Filled();

    internal static double* MinusWhereZero { get; } = Table.At;

    private static AlignedDoubles Filled()
    {
        var table = new AlignedDoubles(24);
        for (var i = 0; i < 24; i++) table.Span[i] = (i & 7) >> (i >> 3) == ((i & 7) >> (i >> 3) & ~1) ? -0.0 : 0.0;
        return table;
    }
}
