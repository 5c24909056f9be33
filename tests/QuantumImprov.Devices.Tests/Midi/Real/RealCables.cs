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
    private readonly IDisposable? _made;

    public RealCables()
    {
        _devices = Open();
        Name = Environment.GetEnvironmentVariable(Variable) ?? "quantumimprov cable";
        if (_devices.MakesPorts && _devices.TryMakeInput(Name, _ => { }, out var made, out _)) _made = made;
        Assert.SkipWhen(_made is null && !_devices.List().Any(port => port.Name == Name), $"There is no loopback port; {Variable} may name one.");
    }

    public bool CanPull => false;

    public string Name { get; }

    public IMidiDevices Open()
    {
        var opened = SystemMidi.TryOpen(out var devices, out var reason);
        Assert.SkipUnless(opened, reason);
        return devices!;
    }

    public void Plug() => throw new NotSupportedException();

    public void Pull() => throw new NotSupportedException();

    public void Take(bool taken) => throw new NotSupportedException();

    public void Dispose()
    {
        _made?.Dispose();
        _devices.Dispose();
    }
}
