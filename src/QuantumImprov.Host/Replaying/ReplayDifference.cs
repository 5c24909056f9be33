using QuantumImprov.Engine.Music;

namespace QuantumImprov.Host.Replaying;

/// <summary>A place where a journal and its replay differ.</summary>
/// <param name="At">When, on the session's clock.</param>
/// <param name="Line">The line of the journal; 0: the journal has no such line.</param>
/// <param name="Words">What the journal has and what the replay has, as the rest of a sentence.</param>
internal sealed record ReplayDifference(HostTime At, int Line, string Words);
