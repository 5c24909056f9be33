using System.Collections.Concurrent;
using Melanchall.DryWetMidi.Core;
using Melanchall.DryWetMidi.Multimedia;
using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.DryWet;
using QuantumImprov.Midi.Ports;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Devices.Tests.Midi.Stub;

/// <summary>The adapter, over a stub of its package, keeps the contract.</summary>
public sealed class DryWetDevicesTests : MidiDevicesContract, IDisposable
{
    private readonly StubCables _cables = new();

    [Fact]
    public void System_exclusive_data_is_passed_over()
    {
        using var devices = _cables.Open();
        var heard = new ConcurrentQueue<ShortMessage>();
        Assert.True(devices.TryListen(_cables.Name, heard.Enqueue, out var input, out _));
        using (input)
        {
            var port = OutputDevice.GetAll().Single(device => device.Name == _cables.Name);
            port.SendEvent(new NormalSysExEvent([0x7E, 0x7F, 0xF7]));
            port.SendEvent(new TimingClockEvent());
            Wait.Until(() => !heard.IsEmpty, "the clock");
            Assert.Equal([new ShortMessage(0xF8, 0, 0)], heard);
        }
    }

    [Fact]
    public void Of_two_devices_of_one_name_the_second_is_numbered_and_each_is_its_own()
    {
        var second = MadeUpSystem.Plug(_cables.Name);
        using var devices = _cables.Open();
        Assert.Contains(new MidiPort(_cables.Name + " (2)", PortDirection.In), devices.List());
        var heard = new ConcurrentQueue<ShortMessage>();
        Assert.True(devices.TryListen(_cables.Name + " (2)", heard.Enqueue, out var input, out _));
        using (input)
        {
            Assert.True(devices.TryPlay(_cables.Name, out var first, out _));
            Assert.True(devices.TryPlay(_cables.Name + " (2)", out var other, out _));
            first.TrySend(ShortMessage.NoteOn(0, 1, 1));
            other.TrySend(ShortMessage.NoteOn(0, 2, 2));
            Wait.Until(() => !heard.IsEmpty, "a note");
            Assert.Equal([ShortMessage.NoteOn(0, 2, 2)], heard);
        }

        MadeUpSystem.Unplug(second);
    }

    [Fact]
    public void A_port_that_another_program_holds_is_closed_again_each_time_it_was_tried()
    {
        using var devices = _cables.Open();
        _cables.Take(true);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(devices.TryPlay(_cables.Name, out _, out _));
            Assert.False(devices.TryListen(_cables.Name, _ => { }, out _, out _));
        }

        Assert.Equal(0, _cables.Handles);
        _cables.Take(false);
        Assert.True(devices.TryPlay(_cables.Name, out var output, out _));
        Assert.Equal(1, _cables.Handles);
        output.Dispose();
        Assert.Equal(0, _cables.Handles);
    }

    [Fact]
    public void Sending_allocates_nothing_of_our_own()
    {
        var writing = new EventWriting();
        var messages = EveryKind.ToArray();
        foreach (var message in messages) writing.Write(message);
        Assert.Equal(0, Allocated.By(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                foreach (var message in messages) writing.Write(message);
            }
        }));
    }

    public void Dispose() => _cables.Dispose();

    protected override ICables Cables() => _cables;
}
