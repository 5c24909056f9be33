namespace QuantumImprov.Quantum.States.Planning;

/// <summary>A phase on the codes whose bits under the mask equal the value; the mask has two bits or more.</summary>
internal sealed record PhaseTerm(int Mask, int Value, Share Angle);
