using QuantumImprov.Engine.Playing;
using QuantumImprov.Host.Live;
using QuantumImprov.Midi.Jack;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Live;

[Collection("JACK")]
public sealed class StandingCablesTests(JackHouse house)
{
    [Fact]
    public void A_keyboard_that_is_plugged_in_is_offered_once_and_is_heard_when_that_is_accepted()
    {
        using var old = new JackPeer("old", house.Server.Name, device: true);
        Assert.True(JackClient.TryOpen(new JackOptions { Player = new Player(), ServerName = house.Server.Name }, out var opened, out var reason), reason);
        using var client = opened;
        var cables = new StandingCables(client);
        cables.Tend();
        Assert.False(cables.TryTakeNews(out _));
        Assert.False(cables.TryAcceptOffer(out var report));
        Assert.Equal("No new MIDI port was offered.", report);

        var sentence = "";
        var plugged = new JackPeer("plugged", house.Server.Name, device: true);
        Wait.Until(News, "the offer");
        Assert.StartsWith("A new MIDI port can play to the partner: plugged:to.", sentence, StringComparison.Ordinal);
        Assert.True(cables.TryAcceptOffer(out report), report);
        Assert.Equal($"{client.NameOf(JackEnd.In)} is connected with plugged:to.", report);
        Assert.False(cables.TryAcceptOffer(out _));

        // Unplugged and plugged in again it is the same keyboard: connected, and not offered.
        plugged.Dispose();
        using var again = new JackPeer("plugged", house.Server.Name, device: true);
        Wait.Until(() => client.TryReopen() && client.Connections(JackEnd.In).Contains("plugged:to"), "the cable");
        Assert.False(News());

        // Nor is what is no device.
        using var program = new JackPeer("program", house.Server.Name);
        Wait.Until(() => client.Ports().Any(port => port.Name == "program:from"), "the program's ports");
        Assert.False(News());

        bool News()
        {
            cables.Tend();
            return cables.TryTakeNews(out sentence);
        }
    }
}
