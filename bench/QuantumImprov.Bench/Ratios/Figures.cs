namespace QuantumImprov.Bench.Ratios;

/// <summary>What was measured, for one unit of work.</summary>
internal readonly record struct Figures(double MedianMicroseconds, double P99Microseconds, long AllocatedBytes);
