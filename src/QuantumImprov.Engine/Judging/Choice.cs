namespace QuantumImprov.Engine.Judging;

/// <summary>A note that was chosen, and how likely it was.</summary>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Free">Its probability under the chain's own law, unshaped, over the 64 keys around the line.</param>
/// <param name="Shaped">Its probability under the law it was measured from; 0 when it could not be measured.</param>
/// <param name="IsCut">Whether it could not because the tail of the law was cut there, though shaping allowed it.</param>
public readonly record struct Choice(int Pitch, double Free, double Shaped, bool IsCut = false);
