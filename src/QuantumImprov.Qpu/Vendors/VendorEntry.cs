using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Qpu.Wire;

namespace QuantumImprov.Qpu.Vendors;

/// <summary>A vendor as the command line knows it. Immutable.</summary>
/// <param name="Name">The word before the colon of <c>--backend</c>, and of a note's label.</param>
/// <param name="Title">The vendor's name.</param>
/// <param name="Variables">Environment variables that must be set.</param>
/// <param name="Device">What a device is called there, for people.</param>
/// <param name="UsualDevice">The device when none is named.</param>
/// <param name="Create">Makes the adapter for a device, or for the usual one.</param>
public sealed record VendorEntry(string Name, string Title, ImmutableArray<string> Variables, string Device, string UsualDevice, Func<WireOptions, string?, IJobBackend> Create)
{
    /// <summary>Whether the vendor's adapter picks the device itself when none is named, so that its name is known only once the vendor was asked.</summary>
    public bool PicksDevice { get; init; }
}
