namespace QuantumImprov.Engine.Choosing.Dials;

/// <summary>What the dials come to in the circuit.</summary>
/// <param name="Coherence">c, 0 to 1: with probability 1 - c selector and memory are dephased.</param>
/// <param name="Phase">Radians, 0 to pi, by which the amplitudes of half the members are turned (<see cref="Repertoire.CouncilMembers.Phased"/>).</param>
/// <param name="Novelty">nu, 0 to 1: how far each member's state is moved towards its flattened one.</param>
public readonly record struct LawTurn(double Coherence, double Phase, double Novelty)
{
    /// <summary>How much of the accord is left, 1 to 0: members that are out of step agree the less. (1 + cos phase) / 2, the share of two equal amplitudes' sum that is left at that phase.</summary>
    public double Accord => (1 + Math.Cos(Phase)) / 2;
}
