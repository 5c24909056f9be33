using System.Collections.Immutable;

namespace QuantumImprov.Host.Plots;

/// <summary>A plot of lines over one horizontal axis.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Across">The horizontal axis and its unit.</param>
/// <param name="Up">The vertical axis and its unit.</param>
/// <param name="Lines">Named points in the order they are joined in; at most eight are told apart by colour.</param>
/// <param name="FromZero">Whether the vertical axis begins at 0 rather than at the least value.</param>
public sealed record LineChart(string Title, string Across, string Up, ImmutableArray<ChartLine> Lines, bool FromZero = false);
