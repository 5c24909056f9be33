using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;

namespace QuantumImprov.Qpu.Supply;

/// <summary>What a supply works with. Immutable.</summary>
public sealed record ShotSupplyOptions
{
    /// <summary>Where shots come from.</summary>
    public required IJobBackend Backend { get; init; }

    /// <summary>Where money is reserved and jobs are remembered.</summary>
    public required IJobLedger Ledger { get; init; }

    /// <summary>How the bank is supplied.</summary>
    public required SupplyOptions Supply { get; init; }

    /// <summary>How the classes stand; called on the supply's thread, so it looks at what was published.</summary>
    public required Func<IReadOnlyList<ClassView>> View { get; init; }

    /// <summary>Takes the shots; called on the supply's thread.</summary>
    public required Action<ShotBatch> Deposit { get; init; }

    /// <summary>The exact law of an edition, where the device is simulated; null: laws are measured.</summary>
    public Func<ClassSpec, ImmutableArray<double>>? KnownLaw { get; init; }

    /// <summary>Jobs of former runs that have not ended.</summary>
    public IReadOnlyList<OpenJob> Former { get; init; } = [];

    /// <summary>Whether new jobs are sent, or former ones harvested only.</summary>
    public bool Orders { get; init; } = true;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
