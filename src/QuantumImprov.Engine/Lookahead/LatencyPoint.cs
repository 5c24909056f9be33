namespace QuantumImprov.Engine.Lookahead;

/// <summary>How much more than its constant an output waits at one velocity.</summary>
/// <param name="Velocity">1 to 127.</param>
/// <param name="Ms">Milliseconds, 0 to <see cref="LatencyTable.MostMs"/>.</param>
public readonly record struct LatencyPoint(int Velocity, double Ms);
