using System.Collections.Immutable;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;

namespace QuantumImprov.Engine.Choosing.Banked;

/// <summary>What a face shows of a bank. Immutable; may be read from any thread.</summary>
/// <param name="Backend">Where shots are ordered.</param>
/// <param name="Meter">How choices fared.</param>
/// <param name="Classes">How the classes stand.</param>
/// <param name="Last">What chose the last note.</param>
public sealed record BankSnapshot(string Backend, BankMeter Meter, ImmutableArray<ClassView> Classes, ShotOrigin Last)
{
    /// <summary>The supply's own words: jobs, money, what went wrong.</summary>
    public SupplySnapshot? Supply { get; init; }
}
