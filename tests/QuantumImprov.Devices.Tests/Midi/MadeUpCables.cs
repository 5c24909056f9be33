using QuantumImprov.Midi.Ports;

namespace QuantumImprov.Devices.Tests.Midi;

internal sealed class MadeUpCables : ICables
{
    private readonly MadeUpDevices.Service _service = new();

    public MadeUpCables() => Plug();

    public bool CanPull => true;

    public bool CanTake => true;

    public string Name => "cable";

    public IMidiDevices Open() => new MadeUpDevices(_service);

    public void Plug() => _service.Plug(Name);

    public void Pull() => _service.Pull(Name);

    public void Take(bool taken) => _service.IsTaken = taken;
}
