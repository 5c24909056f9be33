namespace QuantumImprov.Quantum.Chains.Hidden;

/// <summary>A model and how well it fits what it was learned from.</summary>
/// <param name="Model">The model.</param>
/// <param name="Score">Natural log-likelihood of the training sequences after the warm-up; of several restarts the one with the highest is kept.</param>
public sealed record Learned<T>(T Model, double Score);
