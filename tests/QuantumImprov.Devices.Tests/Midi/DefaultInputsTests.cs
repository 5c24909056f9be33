using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Ports;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Devices.Tests.Midi;

/// <summary>What is listened to where nobody has said, on a system that lets no program make ports.</summary>
public sealed class DefaultInputsTests : IDisposable
{
    private readonly MadeUpDevices.Service _service = new() { MakesPorts = false };
    private readonly DevicePorts _ports;

    public DefaultInputsTests() => _ports = new DevicePorts(new DevicePortsOptions { Devices = new MadeUpDevices(_service), Player = new Player() });

    public void Dispose() => _ports.Dispose();

    [Fact]
    public void A_loopback_port_that_the_partner_plays_to_is_not_listened_to_now_or_later()
    {
        foreach (var name in new[] { "keyboard", "loopMIDI to partner", "from partner" }) _service.Plug(name);
        Assert.Equal(
            "Listening to keyboard, loopMIDI to partner. Not listening to from partner, because the partner plays to it; name a keyboard by --midi-in.",
            _ports.ListenToAll(["from*"]));
        Assert.True(_ports.TryConnect(PortDirection.Out, "from*", out var report), report);
        _service.Plug("pads");
        Wait.Until(() => Inputs().Contains("pads"), "the pads that came later");
        Assert.Equal(["keyboard", "loopMIDI to partner", "pads"], Inputs());
    }

    [Fact]
    public void Of_a_crossed_pair_the_other_end_is_the_one_that_would_give_it_back()
    {
        foreach (var name in new[] { "Default App Loopback (A)", "Default App Loopback (B)" }) _service.Plug(name);
        _ports.ListenToAll(["*(A)"]);
        Assert.Equal(["Default App Loopback (A)"], Inputs());
    }

    [Fact]
    public void With_no_input_there_the_first_that_comes_is_taken()
    {
        Assert.Equal("There is no MIDI input to listen to; one is taken when it comes.", _ports.ListenToAll([]));
        _service.Plug("keyboard");
        Wait.Until(() => Inputs() is ["keyboard"], "the keyboard");
    }

    [Theory]
    [InlineData("loopMIDI to partner", true)]
    [InlineData("Default App Loopback (A)", true)]
    [InlineData("to partner", false)]
    [InlineData("Digital Piano", false)]
    public void Virtual_ports_are_known_by_their_names(string name, bool isOne) => Assert.Equal(isOne, LoopbackPorts.IsOne(name));

    [Theory]
    [InlineData("Default App Loopback (A)", "Default App Loopback (B)")]
    [InlineData("Default App Loopback (B) (2)", "Default App Loopback (A) (2)")]
    [InlineData("loopMIDI from partner", "loopMIDI from partner")]
    [InlineData("Piano (A)", "Piano (A)")]
    public void What_is_played_to_a_virtual_port_comes_back_at_its_other_end(string output, string input) => Assert.Equal(input, LoopbackPorts.ComesBackAt(output));

    private IReadOnlyList<string> Inputs()
    {
        _ports.Tend();
        return _ports.Connections(PortDirection.In);
    }
}
