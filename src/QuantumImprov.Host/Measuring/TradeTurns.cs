using System.Collections.Immutable;

namespace QuantumImprov.Host.Measuring;

/// <summary>The partner's turns at one tempo.</summary>
/// <param name="Turns">Turns it was given.</param>
/// <param name="Distances">From the bar line to the first note of those that had one, in milliseconds.</param>
/// <param name="Exact">Turns whose first note came at the bar line's own frame.</param>
/// <param name="Xruns">Xruns meanwhile.</param>
/// <param name="Attempts">Runs it took.</param>
/// <param name="IsNative">Whether the callbacks were native.</param>
internal sealed record TradeTurns(int Turns, ImmutableArray<double> Distances, int Exact, long Xruns, int Attempts, bool IsNative);
