namespace QuantumImprov.Quantum.States.Planning;

/// <summary>Factor times one angle of the circuit, or, with parameter -1, the factor itself.</summary>
internal readonly record struct Share(int Parameter, double Factor)
{
    internal static Share Fixed(double angle) => new(-1, angle);

    internal Share Times(double factor) => this with { Factor = Factor * factor };
}
