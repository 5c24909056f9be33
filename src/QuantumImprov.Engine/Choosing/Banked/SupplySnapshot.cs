
namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>What the supply of a bank is doing. Immutable.</summary>
/// <param name="OpenJobs">Jobs that have not ended.</param>
/// <param name="JobsSent">Jobs sent so far.</param>
/// <param name="Spent">Money spent or reserved by this session.</param>
/// <param name="Budget">What it may spend.</param>
/// <param name="Median">Half of the jobs took no longer.</param>
/// <param name="Slow">Nineteen of twenty took no longer.</param>
/// <param name="Trouble">What last went wrong; null when nothing.</param>
public sealed record SupplySnapshot(int OpenJobs, int JobsSent, decimal Spent, decimal Budget, TimeSpan Median, TimeSpan Slow, string? Trouble);
