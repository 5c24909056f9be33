using QuantumImprov.Engine.Music;

namespace QuantumImprov.Engine.Shaping;

/// <summary>What a preset says about the shape of answers.</summary>
/// <param name="LeastBars">The shortest answer in bars, 1 to 16.</param>
/// <param name="MostBars">The longest answer in bars, 1 to 16, not less than the shortest.</param>
/// <param name="Low">The lowest pitch the partner plays, 0 to 127.</param>
/// <param name="High">The highest pitch, at least an octave above the lowest, at most 127.</param>
/// <param name="OctaveShift">Octaves above the call's own register, -3 to 3.</param>
/// <param name="Variation">The share of other views than the call's corresponding bar in what rhythm a bar has, 0 to 1 (see <see cref="RhythmCells"/>).</param>
/// <param name="Loudness">Velocity relative to the performer's, .25 to 2.</param>
/// <param name="Motif">How much of the call returns, 0 to 1: at 0 nothing is sought, at .5 as much as in the repertoire, at 1 as much as possible.</param>
/// <param name="Cadence">How strictly the line is led to its ending, 0 (not at all) to 1.</param>
public readonly record struct PlanningRules(int LeastBars, int MostBars, int Low, int High, int OctaveShift, double Variation, double Loudness, double Motif = .5, double Cadence = 1)
{
    /// <summary>How many notes an answer has beside the call's rhythm, 0 (its strong beats) to 1 (long notes divided); .5: as many.</summary>
    public double Density { get; init; } = .5;

    /// <summary>The scale answers keep to; null: their key's.</summary>
    public Scale? Scale { get; init; }

    /// <summary>How far the partner's loudness follows the performer's, 0 (always mezzo-forte) to 1.</summary>
    public double Dynamics { get; init; } = 1;

    /// <summary>How far the second half of a beat is delayed towards its last third, 0 (as it was played) to 1.</summary>
    public double Swing { get; init; }

    /// <summary>How far answers go along when the performer builds up or lets go, 0 (not at all) to 1 (twice as far as at .5, and in density too).</summary>
    public double Responsiveness { get; init; } = .5;

    /// <summary>How far notes are drawn to their place in the metre, 0 (as early or late as the performer plays there) to 1.</summary>
    public double Quantise { get; init; }
}
