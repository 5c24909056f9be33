using QuantumImprov.Engine.Music;

namespace QuantumImprov.Storage.Journal;

/// <summary>From <paramref name="From"/> until the next segment <paramref name="Timeline"/> was in force.</summary>
public readonly record struct TimelineSegment(HostTime From, Timeline Timeline);
