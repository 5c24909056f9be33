namespace QuantumImprov.Engine.Judging;

/// <summary>A note that was chosen, and how likely it was.</summary>
/// <param name="Pitch">0 to 127.</param>
/// <param name="Free">Its probability under the chain's own law, unshaped, over the 64 keys around the line.</param>
/// <param name="Shaped">Its probability under the law it was measured from; 0 when shaping forbade it.</param>
internal readonly record struct Choice(int Pitch, double Free, double Shaped);
