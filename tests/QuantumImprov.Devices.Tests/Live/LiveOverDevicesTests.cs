using System.Collections.Concurrent;
using QuantumImprov.Devices.Tests.Midi;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Live;
using QuantumImprov.Midi.Ports;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Devices.Tests.Live;

/// <summary>A whole session without JACK: a phrase goes in at a device, an answer comes out of another.</summary>
public sealed class LiveOverDevicesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_phrase_played_on_a_device_is_answered_on_a_device_and_nothing_is_left_sounding(bool makesPorts)
    {
        using var scratch = new Scratch();
        var service = new MadeUpDevices.Service { MakesPorts = makesPorts };
        service.Plug("keyboard");
        service.Plug("module");
        var other = new MadeUpDevices(service);
        var heard = new ConcurrentQueue<ShortMessage>();
        Assert.True(other.TryListen("module", heard.Enqueue, out var ear, out _));
        var options = new LiveOptions
        {
            Devices = () => new MadeUpDevices(service), MidiIn = makesPorts ? ["keyboard"] : [], MidiOut = ["mod*"], Stage = false, Seed = 5, Tempo = 240,
            Record = scratch["takes"], Repertoire = scratch["session.repertoire"],
        };
        var play = new LivePlay(options, TimeProvider.System);
        Assert.Contains(play.Opening, sentence => sentence.Contains("Playing to module", StringComparison.Ordinal));
        Assert.Equal(makesPorts, play.Opening.Contains("MIDI: quantumimprov in, quantumimprov out."));
        Assert.True(other.TryPlay("keyboard", out var hand, out _));
        foreach (var pitch in new[] { 60, 62, 64, 65, 67 })
        {
            hand.TrySend(ShortMessage.NoteOn(0, pitch, 90));
            var until = play.Clock.Now.PlusSeconds(.2);
            Wait.Until(() => play.Clock.Now >= until, "the note's length");
            hand.TrySend(ShortMessage.NoteOff(0, pitch));
        }

        Wait.Until(() => heard.Count(message => message.IsNoteOn) >= 2, "two notes of the answer");
        service.Pull("module");
        Wait.Until(() => Tended(play) is { } trouble && trouble.Contains("module", StringComparison.Ordinal), "the loss to be told");
        service.Plug("module");
        Wait.Until(() => Tended(play) is null, "the return");
        ear!.Dispose();
        play.Close();
    }

    [Fact]
    public void A_device_that_was_named_and_is_not_there_is_refused_with_those_that_are()
    {
        using var scratch = new Scratch();
        var service = new MadeUpDevices.Service();
        service.Plug("keyboard");
        var options = new LiveOptions { Devices = () => new MadeUpDevices(service), MidiIn = ["organ"], Stage = false, Record = scratch["takes"], Repertoire = scratch["r"] };
        var refusal = Assert.Throws<QuantumImprov.Host.CommandLine.Refusal>(() => new LivePlay(options, TimeProvider.System));
        Assert.Equal("No MIDI input matches \"organ\"; there are keyboard.", refusal.Message);
    }

    private static string? Tended(LivePlay play)
    {
        play.Tend();
        return play.Trouble;
    }
}
