using QuantumImprov.Engine.Music;
using QuantumImprov.Midi.Ports;
using Xunit;

namespace QuantumImprov.Midi.Tests.Ports;

public sealed class OutputLineTests
{
    private readonly OutputLine _line = new("module");

    [Fact]
    public void Endings_that_fell_into_a_gap_come_first_thing_after_it_and_note_ons_do_not()
    {
        var first = new Device();
        _line.Open(first);
        _line.Send(ShortMessage.NoteOn(0, 60, 1));
        _line.Send(ShortMessage.NoteOn(0, 64, 1));
        first.IsGone = true;
        _line.Send(ShortMessage.NoteOff(0, 60));
        _line.Send(ShortMessage.NoteOn(0, 67, 1));
        Assert.False(_line.IsOpen);
        var second = new Device();
        _line.Open(second);
        _line.Tend();
        Assert.Equal([ShortMessage.NoteOff(0, 60)], second.Sent);
        _line.Send(ShortMessage.NoteOff(0, 64));
        Assert.Equal([ShortMessage.NoteOff(0, 60), ShortMessage.NoteOff(0, 64)], second.Sent);
        Assert.Equal(1, _line.Dropped);
        Assert.True(first.IsDisposed);
    }

    [Fact]
    public void What_cannot_be_paid_stays_owed_and_is_paid_at_the_very_end_too()
    {
        var broken = new Device { IsGone = true };
        _line.Open(broken);
        _line.Send(ShortMessage.NoteOff(5, 1));
        _line.Open(new Device { IsGone = true });
        _line.Tend();
        var whole = new Device();
        _line.Open(whole);
        _line.Close();
        Assert.Equal([ShortMessage.NoteOff(5, 1)], whole.Sent);
        Assert.True(whole.IsDisposed && broken.IsDisposed);
    }

    [Fact]
    public void A_device_that_was_withdrawn_is_let_go_at_the_next_turn()
    {
        var device = new Device();
        _line.Open(device);
        _line.Tend();
        _line.Withdraw();
        _line.Tend();
        _line.Send(ShortMessage.NoteOff(0, 1));
        _line.Sweep();
        Assert.Empty(device.Sent);
        Assert.True(device.IsDisposed);
    }

    private sealed class Device : IMidiOutput
    {
        public bool IsGone { get; set; }

        public bool IsDisposed { get; private set; }

        public List<ShortMessage> Sent { get; } = [];

        public bool TrySend(ShortMessage message)
        {
            if (!IsGone) Sent.Add(message);
            return !IsGone;
        }

        public void Dispose() => IsDisposed = true;
    }
}
