using QuantumImprov.Midi.Ports;
using Xunit;

namespace QuantumImprov.Devices.Tests.Midi.Real;

/// <summary>
/// A cable of the system's own: on macOS a port made for the test; on Windows the loopback port that QUANTUMIMPROV_LOOPBACK names, one that gives back what is played to it (loopMIDI makes them).
/// </summary>
internal sealed class RealCables : ICables, IDisposable
{
    private const string Variable = "QUANTUMIMPROV_LOOPBACK";
    private readonly IMidiDevices _devices;
    private readonly bool _makes;
    private IDisposable? _made;

    public RealCables()
    {
        _devices = Open();
        Name = Environment.GetEnvironmentVariable(Variable) ?? "quantumimprov cable";
        _makes = _devices.MakesPorts && TryMake(out _);
        Assert.SkipWhen(!_makes && !_devices.List().Any(port => port.Name == Name), $"There is no loopback port; {Variable} may name one.");
    }

    public bool CanPull => _makes;

    public bool CanTake => false;

    public string Name { get; }

    public IMidiDevices Open()
    {
        var opened = SystemMidi.TryOpen(out var devices, out var reason);
        Assert.SkipUnless(opened, reason);
        return devices!;
    }

    public void Plug() => Assert.True(TryMake(out var reason), reason);

    public void Pull()
    {
        _made?.Dispose();
        _made = null;
    }

    public void Take(bool taken) => throw new NotSupportedException();

    public void Dispose()
    {
        _made?.Dispose();
        _devices.Dispose();
    }

    private bool TryMake(out string reason) => _devices.TryMakeInput(Name, _ => { }, out _made, out reason);
}
