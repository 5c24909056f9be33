namespace QuantumImprov.Bench.Ratios;

/// <summary>One row: ours and what the peers took for the same unit; null where there is no such peer.</summary>
internal sealed record CaseResult(string Name, Figures Ours, double? ScalarMicroseconds, double? LibQuantumMicroseconds)
{
    internal double? VersusScalar => ScalarMicroseconds / Ours.MedianMicroseconds;

    internal double? VersusLibQuantum => LibQuantumMicroseconds / Ours.MedianMicroseconds;
}
