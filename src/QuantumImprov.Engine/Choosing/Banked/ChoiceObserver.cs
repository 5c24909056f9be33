using QuantumImprov.Quantum.Bank;


namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>Is told of a choice.</summary>
/// <param name="law">The live law.</param>
/// <param name="index">What was chosen.</param>
/// <param name="kind">Where the choice came from.</param>
public delegate void ChoiceObserver(ReadOnlySpan<double> law, int index, DrawKind kind);
