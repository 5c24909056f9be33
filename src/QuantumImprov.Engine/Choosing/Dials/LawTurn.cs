namespace QuantumImprov.Engine.Choosing.Dials;

/// <summary>What the dials come to in the circuit.</summary>
/// <param name="Coherence">c, 0 to 1: with probability 1 - c selector and memory are dephased.</param>
/// <param name="Phase">Radians, 0 to pi, by which the amplitudes of half the members are turned (<see cref="Repertoire.CouncilMembers.Phased"/>).</param>
/// <param name="Novelty">nu, 0 to 1: how far each member's state is moved towards its flattened one.</param>
public readonly record struct LawTurn(double Coherence, double Phase, double Novelty);
