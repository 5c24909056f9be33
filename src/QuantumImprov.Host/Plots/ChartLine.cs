using System.Collections.Immutable;

namespace QuantumImprov.Host.Plots;

/// <summary>One line of a <see cref="LineChart"/>; points that are no number are left out.</summary>
public sealed record ChartLine(string Name, ImmutableArray<(double X, double Y)> Points);
