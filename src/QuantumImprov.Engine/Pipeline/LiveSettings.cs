using QuantumImprov.Engine.Choosing.Dials;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Engine.Shaping;

namespace QuantumImprov.Engine.Pipeline;

/// <summary>What of a preset can be turned while playing. Immutable.</summary>
/// <param name="Law">What acts on the law of each note.</param>
/// <param name="Shape">What acts on the plan of the next answer.</param>
/// <param name="Patience">How sure the partner must be that a phrase is over, 0 to 1.</param>
public readonly record struct LiveSettings(DialSettings Law, PlanningRules Shape, double Patience)
{
    /// <summary>How far ahead of the music notes are chosen, 0 (a quarter) to 1 (all at once).</summary>
    public double Lookahead { get; init; } = 1;

    /// <summary>Where <paramref name="preset"/> puts the dials.</summary>
    public static LiveSettings Of(Preset preset) => new(new DialSettings(preset.Coherence, preset.Phase, preset.Novelty), preset.Rules, preset.Patience) { Lookahead = preset.Lookahead };
}
