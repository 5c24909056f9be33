namespace QuantumImprov.Engine.Choosing.Dials;

/// <summary>
/// Where the performer's dials stand, each 0 to 1. Equal turns of a dial change the law by equal amounts (see <see cref="DialCalibration"/>), so these are not the numbers that stand in the
/// circuit; those are a <see cref="LawTurn"/>.
/// </summary>
/// <param name="Coherence">1 (the default): members interfere and the memory is kept; 0: nothing interferes.</param>
/// <param name="Phase">0 (the default): all members are in step; 1: one half of them is against the other.</param>
/// <param name="Novelty">0 (the default): members say what they learned; 1: they hold the unlikely for much likelier.</param>
public readonly record struct DialSettings(double Coherence = 1, double Phase = 0, double Novelty = 0)
{
    /// <summary>Coherent, in step, nothing new: where the amplitudes were learned.</summary>
    public static DialSettings Plain { get; } = new(1);
}
