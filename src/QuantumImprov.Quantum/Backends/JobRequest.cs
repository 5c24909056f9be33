using System.Collections.Immutable;
using QuantumImprov.Quantum.Circuits;

namespace QuantumImprov.Quantum.Backends;

/// <summary>Circuits to be run together.</summary>
/// <param name="Tag">Our own name of the job, unique for ever, letters, digits and dashes, at most 50: what a job whose answer was lost is found by.</param>
/// <param name="Circuits">1 or more; each ends by reading what it is about.</param>
/// <param name="Shots">Of each circuit, 1 or more.</param>
public sealed record JobRequest(string Tag, ImmutableArray<Circuit> Circuits, int Shots)
{
    /// <summary>Shots in all.</summary>
    public long Executions => (long)Shots * Circuits.Length;
}
