using QuantumImprov.Simulators.Microsoft;

namespace QuantumImprov.Simulators.Tests.Microsoft;

/// <summary>The cross-check itself: skipped, with the reason, where the user has no such library.</summary>
public sealed class MicrosoftSimulatorTests : CrossCheckContract
{
    protected override SimulatorLibrary Library() => StandIn.LoadReal();
}
