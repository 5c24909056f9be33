using System.Collections.Immutable;

namespace QuantumImprov.Quantum.Bank;

/// <summary>One edition on one device in a flat bank, and its law there. Immutable.</summary>
/// <param name="Spec">The edition.</param>
/// <param name="Vendor">Whose device; <c>local</c> for a simulated one.</param>
/// <param name="Device">Which device.</param>
/// <param name="KnownLaw">The exact law of the kept shots where it is known; empty: it is measured.</param>
/// <param name="Counts">How often each label was counted so far, one entry a label.</param>
public sealed record FlatStock(ClassSpec Spec, string Vendor, string Device, ImmutableArray<double> KnownLaw, ImmutableArray<double> Counts)
{
    /// <summary>Names the edition on its device among all.</summary>
    public ulong Key { get; } = FlatSum.Of64($"{Spec.Fingerprint}|{Vendor}|{Device}");
}
