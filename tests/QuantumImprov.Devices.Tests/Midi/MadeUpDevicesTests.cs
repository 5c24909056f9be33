namespace QuantumImprov.Devices.Tests.Midi;

/// <summary>The double keeps the contract, so what is tested with it is tested with something like a device.</summary>
public sealed class MadeUpDevicesTests : MidiDevicesContract
{
    protected override ICables Cables() => new MadeUpCables();
}
