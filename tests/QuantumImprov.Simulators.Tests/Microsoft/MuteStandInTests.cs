using QuantumImprov.Simulators.Microsoft;

namespace QuantumImprov.Simulators.Tests.Microsoft;

/// <summary>The same with a library that does not tell its state: every shot is measured by the library.</summary>
public sealed class MuteStandInTests : CrossCheckContract
{
    protected override SimulatorLibrary Library() => StandIn.Load(readsState: false);
}
