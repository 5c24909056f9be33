using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;

namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>What the next job is to run.</summary>
/// <param name="Circuits">The edition of each circuit; one that needs much stands here several times.</param>
/// <param name="Shots">Of each circuit.</param>
public sealed record JobPlan(ImmutableArray<ClassSpec> Circuits, int Shots)
{
    /// <summary>As a request under a tag.</summary>
    public JobRequest ToRequest(string tag)
    {
        var circuits = new Dictionary<string, Circuits.Circuit>();
        foreach (var spec in Circuits) circuits.TryAdd(spec.Fingerprint, spec.ToCircuit());
        return new JobRequest(tag, [.. Circuits.Select(spec => circuits[spec.Fingerprint])], Shots);
    }
}
