using System.Collections.Concurrent;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Playing;
using QuantumImprov.Midi.Ports;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Devices.Tests.Midi;

/// <summary>What every way to a system's MIDI devices has to keep, the doubles as well as the real ones.</summary>
public abstract class MidiDevicesContract
{
    private readonly Lazy<ICables> _cables;

    protected MidiDevicesContract() => _cables = new Lazy<ICables>(Cables);

    public static IEnumerable<ShortMessage> EveryKind =>
    [
        ShortMessage.NoteOn(0, 60, 100), ShortMessage.NoteOn(15, 127, 1), new ShortMessage(0x93, 64, 0), new ShortMessage(0x80, 60, 0), new ShortMessage(0x8F, 127, 127),
        new ShortMessage(0xA2, 1, 2), ShortMessage.Control(9, 64, 127), ShortMessage.Control(0, 123, 0), ShortMessage.Program(4, 127), new ShortMessage(0xD5, 99, 0),
        new ShortMessage(0xE0, 0, 64), new ShortMessage(0xE7, 127, 127), new ShortMessage(0xE8, 1, 0), new ShortMessage(0xF1, 0x35, 0), new ShortMessage(0xF2, 5, 6), new ShortMessage(0xF3, 7, 0),
        new ShortMessage(0xF6, 0, 0), new ShortMessage(0xF8, 0, 0), new ShortMessage(0xFA, 0, 0), new ShortMessage(0xFB, 0, 0), new ShortMessage(0xFC, 0, 0), new ShortMessage(0xFE, 0, 0), new ShortMessage(0xFF, 0, 0),
    ];

    [Fact]
    public void Every_kind_of_message_goes_round_a_cable_as_it_was()
    {
        using var devices = _cables.Value.Open();
        var heard = new ConcurrentQueue<ShortMessage>();
        Assert.True(devices.TryListen(_cables.Value.Name, heard.Enqueue, out var input, out var reason), reason);
        Assert.True(devices.TryPlay(_cables.Value.Name, out var output, out reason), reason);
        using (input)
        using (output)
        {
            foreach (var message in EveryKind) Assert.True(output.TrySend(message), $"{message} was refused");
            var expected = EveryKind.Where(Passes).ToList();
            Wait.Until(() => heard.Count(Passes) >= expected.Count, () => $"{expected.Count} messages; {heard.Count} came");
            Assert.Equal(expected, heard.Where(Passes));
        }
    }

    [Fact]
    public void What_comes_in_comes_on_a_thread_of_the_drivers_and_not_after_the_end()
    {
        using var devices = _cables.Value.Open();
        var (threads, late) = (new ConcurrentQueue<int>(), 0);
        var ended = false;
        void Hear(ShortMessage message)
        {
            if (Volatile.Read(ref ended)) Interlocked.Increment(ref late);
            threads.Enqueue(Environment.CurrentManagedThreadId);
        }

        Assert.True(devices.TryListen(_cables.Value.Name, Hear, out var input, out var reason), reason);
        Assert.True(devices.TryPlay(_cables.Value.Name, out var output, out reason), reason);
        using (output)
        {
            output.TrySend(ShortMessage.NoteOn(0, 60, 1));
            Wait.Until(() => !threads.IsEmpty, "a message");
            Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads);
            input.Dispose();
            Volatile.Write(ref ended, true);

            // A second listener hears when everything before it has been delivered.
            var heard = new ConcurrentQueue<ShortMessage>();
            output.TrySend(ShortMessage.NoteOn(0, 61, 1));
            Assert.True(devices.TryListen(_cables.Value.Name, heard.Enqueue, out var second, out reason), reason);
            using (second)
            {
                output.TrySend(ShortMessage.NoteOff(0, 62));
                Wait.Until(() => heard.Contains(ShortMessage.NoteOff(0, 62)), "the last message");
            }
        }

        Assert.Equal(0, late);
    }

    [Fact]
    public void Ports_appear_and_vanish()
    {
        NeedPulling();
        var cables = _cables.Value;
        using var devices = cables.Open();
        // A system may take a moment to tell.
        Wait.Until(() => devices.List().Contains(new MidiPort(cables.Name, PortDirection.In)) && devices.List().Contains(new MidiPort(cables.Name, PortDirection.Out)), "both ends of the cable");
        cables.Pull();
        Wait.Until(() => devices.List().All(port => port.Name != cables.Name), "the cable to be gone");
        Assert.False(devices.TryPlay(cables.Name, out _, out var reason));
        Assert.Contains(cables.Name, reason, StringComparison.Ordinal);
        Assert.False(devices.TryListen(cables.Name, _ => { }, out _, out _));
        cables.Plug();
        Wait.Until(() => devices.List().Contains(new MidiPort(cables.Name, PortDirection.Out)), "the cable to be back");
    }

    [Fact]
    public void Sending_to_a_device_that_is_gone_is_false_and_nothing_worse()
    {
        NeedPulling();
        using var devices = _cables.Value.Open();
        Assert.True(devices.TryPlay(_cables.Value.Name, out var output, out var reason), reason);
        Assert.True(output.TrySend(ShortMessage.NoteOn(0, 60, 1)));
        _cables.Value.Pull();
        Wait.Until(() => !output.TrySend(ShortMessage.NoteOff(0, 60)), "a message to be refused");
        output.Dispose();
    }

    [Fact]
    public void A_port_that_somebody_else_holds_is_refused_in_a_sentence()
    {
        Assert.SkipUnless(_cables.Value.CanTake, "A test cannot have another program take these cables.");
        using var devices = _cables.Value.Open();
        _cables.Value.Take(true);
        Assert.False(devices.TryPlay(_cables.Value.Name, out _, out var reason));
        Assert.Contains(_cables.Value.Name, reason, StringComparison.Ordinal);
        Assert.EndsWith(".", reason);
        Assert.False(devices.TryListen(_cables.Value.Name, _ => { }, out _, out reason));
        Assert.Contains(_cables.Value.Name, reason, StringComparison.Ordinal);
        _cables.Value.Take(false);
        Assert.True(devices.TryPlay(_cables.Value.Name, out var output, out _));
        output.Dispose();
    }

    [Fact]
    public void Ports_of_our_own_are_there_for_others_and_go_with_us()
    {
        using var devices = _cables.Value.Open();
        Assert.SkipUnless(devices.MakesPorts, "This system lets no program make ports.");
        var heard = new ConcurrentQueue<ShortMessage>();
        Assert.True(devices.TryMakeInput("contract in", heard.Enqueue, out var input, out var reason), reason);
        Wait.Until(() => devices.List().Contains(new MidiPort("contract in", PortDirection.Out)), "the port that was made");
        using (var other = _cables.Value.Open())
        {
            Assert.True(other.TryPlay("contract in", out var output, out reason), reason);
            output.TrySend(ShortMessage.NoteOn(1, 50, 60));
            Wait.Until(() => heard.Contains(ShortMessage.NoteOn(1, 50, 60)), "a message from another program");
            output.Dispose();
        }

        input.Dispose();
        Wait.Until(() => devices.List().All(port => port.Name != "contract in"), "the port to be gone");
    }

    [Fact]
    public void A_lost_device_loses_no_note_off()
    {
        NeedPulling();
        var cables = _cables.Value;
        var player = new Player();
        using var ports = new DevicePorts(new DevicePortsOptions { Devices = cables.Open(), Player = player });
        using var other = cables.Open();
        var heard = new ConcurrentQueue<ShortMessage>();
        Assert.True(other.TryListen(cables.Name, heard.Enqueue, out var input, out var reason), reason);
        Assert.True(ports.TryConnect(PortDirection.Out, cables.Name, out reason), reason);
        var start = ports.Clock.Now;
        player.TryHand(new PlannedNote(start, start.PlusSeconds(3600), 2, 60, 100, player.Epoch));
        Wait.Until(() => heard.Contains(ShortMessage.NoteOn(2, 60, 100)), "the note");

        cables.Pull();
        input.Dispose();
        player.RaiseEpoch();
        Wait.Until(() => player.Sounding == 0, "the note's end");
        Wait.Until(() => Tended(ports, p => !p.Connections(PortDirection.Out).Contains(cables.Name)), "the loss to be noticed");
        Assert.Contains(cables.Name, ports.Trouble, StringComparison.Ordinal);

        cables.Plug();
        Wait.Until(() => other.TryListen(cables.Name, heard.Enqueue, out input, out reason), "the cable to be back");
        Wait.Until(() => Tended(ports, p => p.Connections(PortDirection.Out).Contains(cables.Name)), "the device to be taken again");
        Wait.Until(() => heard.Contains(ShortMessage.NoteOff(2, 60)), "the note-off that was owed");
        Assert.Null(ports.Trouble);
        input.Dispose();
    }

    [Fact]
    public void The_keys_of_a_controller_that_is_pulled_out_come_up()
    {
        NeedPulling();
        var cables = _cables.Value;
        using var ports = new DevicePorts(new DevicePortsOptions { Devices = cables.Open(), Player = new Player() });
        using var other = cables.Open();
        Assert.True(other.TryPlay(cables.Name, out var output, out var reason), reason);
        Assert.True(ports.TryConnect(PortDirection.In, cables.Name, out reason), reason);
        foreach (var message in new[] { ShortMessage.NoteOn(0, 60, 9), ShortMessage.NoteOn(0, 64, 9), ShortMessage.NoteOff(0, 60), ShortMessage.Control(3, 64, 127) }) output.TrySend(message);
        var heard = new List<TimedMessage>();
        Wait.Until(() => Read(ports, heard) >= 4, "the keys");
        cables.Pull();
        Wait.Until(() => Tended(ports, _ => Read(ports, heard) >= 6), () => $"two endings; {heard.Count - 4} came");
        Assert.Equal([ShortMessage.NoteOff(0, 64), ShortMessage.Control(3, 64, 0)], heard.Skip(4).Select(m => m.Message));
        Assert.True(heard.Zip(heard.Skip(1)).All(pair => pair.First.At <= pair.Second.At), "times go back");
        output.Dispose();
    }

    [Fact]
    public void A_device_that_comes_later_is_taken_when_a_pattern_asked_for_it()
    {
        NeedPulling();
        var cables = _cables.Value;
        using var ports = new DevicePorts(new DevicePortsOptions { Devices = cables.Open(), Player = new Player() });
        Assert.True(ports.TryConnect(PortDirection.In, "*", out var report), report);
        Assert.Contains(cables.Name, ports.Connections(PortDirection.In));
        cables.Pull();
        Wait.Until(() => Tended(ports, p => !p.Connections(PortDirection.In).Contains(cables.Name)), "the loss");
        cables.Plug();
        Wait.Until(() => Tended(ports, p => p.Connections(PortDirection.In).Contains(cables.Name)), "the return");
    }

    /// <summary>The cables this contract is held to; skips the test where there are none.</summary>
    protected abstract ICables Cables();

    /// <summary>Whether a system lets a message through that is no channel message.</summary>
    protected virtual bool Passes(ShortMessage message) => true;

    private static bool Tended(DevicePorts ports, Func<DevicePorts, bool> done)
    {
        ports.Tend();
        return done(ports);
    }

    private static int Read(DevicePorts ports, List<TimedMessage> into)
    {
        while (ports.TryReadInput(out var message)) into.Add(message);
        return into.Count;
    }

    private void NeedPulling() => Assert.SkipUnless(_cables.Value.CanPull, "These cables cannot be pulled out by a test.");
}
