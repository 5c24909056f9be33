namespace QuantumImprov.Host.Stage;

/// <summary>What the stage has counted since it started.</summary>
/// <param name="Pages">Pages open now.</param>
/// <param name="Refused">Requests refused for a foreign Host or Origin, or because all places were taken.</param>
/// <param name="Malformed">Messages from pages that were not understood and ignored.</param>
/// <param name="Flooded">Messages from pages dropped because there were too many.</param>
/// <param name="Missed">Notes that slow pages missed; each such page was silenced first.</param>
public readonly record struct StageCounts(int Pages, long Refused, long Malformed, long Flooded, long Missed);
