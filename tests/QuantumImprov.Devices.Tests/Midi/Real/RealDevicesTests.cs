using QuantumImprov.Engine.Music;

namespace QuantumImprov.Devices.Tests.Midi.Real;

/// <summary>The real package on the real system keeps the contract, as far as a test can reach it.</summary>
public sealed class RealDevicesTests : MidiDevicesContract, IDisposable
{
    private RealCables? _cables;

    public void Dispose() => _cables?.Dispose();

    protected override ICables Cables() => _cables ??= new RealCables();

    // WinMM and Core MIDI pass system messages, but drivers of loopback ports filter some: only channel messages are insisted on.
    protected override bool Passes(ShortMessage message) => message.Kind < 0xF0;
}
