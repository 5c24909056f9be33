using Melanchall.DryWetMidi.Multimedia;
using QuantumImprov.Midi.DryWet;
using QuantumImprov.Midi.Ports;
using Xunit;

namespace QuantumImprov.Devices.Tests.Midi.Stub;

/// <summary>Cables behind the stub of the package, reached through the adapter itself.</summary>
internal sealed class StubCables : ICables, IDisposable
{
    private readonly MadeUpPort _port = MadeUpSystem.Plug("stub cable");

    public bool CanPull => true;

    public bool CanTake => true;

    /// <summary>Devices that the adapter holds open, or has forgotten to close.</summary>
    public int Handles => _port.Handles;

    public string Name => _port.Name;

    public IMidiDevices Open()
    {
        Assert.True(DryWetDevices.TryOpen(makesPorts: true, out var devices, out var reason), reason);
        return devices;
    }

    public void Plug() => MadeUpSystem.Replug(_port);

    public void Pull() => MadeUpSystem.Unplug(_port);

    public void Take(bool taken) => _port.IsTaken = taken;

    public void Dispose() => MadeUpSystem.Unplug(_port);
}
