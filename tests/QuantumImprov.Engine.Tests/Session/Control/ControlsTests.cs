using QuantumImprov.Engine.Session.Control;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using Xunit;

namespace QuantumImprov.Engine.Tests.Session.Control;

public class ControlsTests
{
    private HostTime _now = new(1_000_000_000);

    [Fact]
    public void What_is_not_bound_is_music()
    {
        var controls = new Controls(ControlMap.Default);
        foreach (var message in new[] { Cc(64, 127), Cc(1, 50), Cc(7, 100), Cc(11, 3), Cc(120, 0), Cc(121, 0), Cc(123, 0), ShortMessage.NoteOn(0, 60, 80), ShortMessage.NoteOff(0, 60), new(0xE0, 1, 64), new(0xD0, 9, 0), new(0xF8, 0, 0), new(0xFF, 0, 0) })
            Assert.Equal(ControlHearing.Music, controls.Hear(new TimedMessage(_now, message), out _));
        var none = new Controls(ControlMap.None);
        for (var controller = 0; controller < 128; controller++) Assert.Equal(ControlHearing.Music, none.Hear(new TimedMessage(_now, Cc(controller, 127)), out _));
        Assert.Equal(ControlHearing.Music, none.Hear(new TimedMessage(_now, ShortMessage.Program(0, 1)), out _));
    }

    [Theory]
    [InlineData(3, -1, 3)]
    [InlineData(-1, 3, 3)]
    [InlineData(0, 5, 5)]
    [InlineData(5, 0, 5)]
    [InlineData(2, 3, 259)]
    [InlineData(127, 127, 16383)]
    [InlineData(0, 0, 0)]
    public void A_bank_is_selected_by_either_half_or_both_and_counts_when_no_more_comes(int high, int low, int number)
    {
        var controls = new Controls(ControlMap.Default);
        if (high >= 0) Assert.Equal(ControlHearing.Taken, controls.Hear(new TimedMessage(_now, Cc(0, high)), out _));
        if (low >= 0) Assert.Equal(ControlHearing.Taken, controls.Hear(new TimedMessage(_now.Plus(1_000_000), Cc(32, low)), out _));
        var due = _now.Plus(low >= 0 ? 1_000_000 : 0).Plus(Controls.MovePause);
        Assert.Equal(due, controls.Due);
        Assert.False(controls.TakeDue(due.Plus(-1), out _));
        Assert.True(controls.TakeDue(due, out var command));
        Assert.Equal((CommandKind.Repertoire, (double)number, due), (command.Kind, command.Value, command.At));
        Assert.Equal(HostTime.Never, controls.Due);
        Assert.False(controls.TakeDue(due.PlusSeconds(1), out _));
        // Without program changes a profile leaves banks alone.
        Assert.Equal(ControlHearing.Music, new Controls(ControlMap.None).Hear(new TimedMessage(_now, Cc(32, 1)), out _));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(127, 1)]
    [InlineData(64, 64 / 127.0)]
    public void A_dial_goes_all_the_way(int value, double expected)
    {
        var controls = new Controls(ControlMap.Default);
        Assert.Equal(ControlHearing.Asked, controls.Hear(new TimedMessage(_now, Cc(22, value)), out var command));
        Assert.Equal((CommandKind.Dial, "novelty", expected), (command.Kind, command.Name, command.Value));
    }

    [Fact]
    public void A_press_asks_once_however_its_pedal_moves_and_a_button_that_never_comes_up_asks_each_time()
    {
        var controls = new Controls(ControlMap.Default);
        int[] pedal = [0, 20, 63, 64, 90, 127, 100, 70, 30, 0];
        Assert.Equal(1, pedal.Count(value => Ask(controls, Cc(66, value)) is { Kind: CommandKind.Reset }));
        Assert.Equal(3, Enumerable.Range(0, 3).Count(_ => Ask(controls, Cc(102, 127)) is { Kind: CommandKind.EndCall }));
    }

    [Fact]
    public void What_is_held_is_on_while_it_is_down_and_what_is_turned_over_with_each_press()
    {
        var controls = new Controls(ControlMap.Default);
        Assert.Equal([1.0, 0.0], new[] { 10, 80, 127, 65, 40, 0 }.Select(value => Ask(controls, Cc(67, value))).Where(asked => asked is not null).Select(asked => asked!.Value.Value));
        Assert.Equal([-1.0, -1.0], new[] { 127, 0, 127, 0 }.Select(value => Ask(controls, Cc(103, value))).Where(asked => asked is not null).Select(asked => asked!.Value.Value));
    }

    [Fact]
    public void Reset_controllers_lets_go_of_what_is_held_on_its_channel()
    {
        var controls = new Controls(ControlMap.Default);
        Ask(controls, Cc(67, 127));
        _now = _now.PlusSeconds(1);
        Assert.Equal(ControlHearing.Music, controls.Hear(new TimedMessage(_now, ShortMessage.Control(3, 121, 0)), out _));
        Assert.Equal(HostTime.Never, controls.Due);
        Assert.Equal(ControlHearing.Music, controls.Hear(new TimedMessage(_now, Cc(121, 0)), out _));
        Assert.True(controls.TakeDue(_now, out var command));
        Assert.Equal((CommandKind.TakeOver, 0.0), (command.Kind, command.Value));
        Assert.False(controls.TakeDue(_now.PlusSeconds(1), out _));
        // The pedal itself comes up later: that is nothing new.
        Assert.Null(Ask(controls, Cc(67, 0)));
    }

    [Fact]
    public void Of_many_moves_in_a_short_time_the_last_counts_and_soon()
    {
        var controls = new Controls(ControlMap.Default);
        var commands = new List<SessionCommand>();
        for (var i = 0; i < 1000; i++)
        {
            _now = _now.Plus(100_000);
            while (controls.TakeDue(_now, out var waited)) commands.Add(waited);
            if (controls.Hear(new TimedMessage(_now, Cc(20, (i * 7) % 128)), out var command) == ControlHearing.Asked) commands.Add(command);
        }

        Assert.InRange(controls.Due.Since(_now), 0, Controls.MovePause);
        while (controls.TakeDue(controls.Due, out var waited)) commands.Add(waited);
        Assert.InRange(commands.Count, 10, 12);
        Assert.Equal(999 * 7 % 128 / 127.0, commands[^1].Value);
        Assert.Equal(commands.OrderBy(c => c.At), commands);
        Assert.Equal(1000, commands.Count + controls.Thinned);
    }

    [Fact]
    public void A_note_is_taken_with_its_end_and_one_that_began_as_music_ends_as_music()
    {
        var pad = new ControlSource(IsNote: true, 36, Channel: 10);
        var controls = new Controls(new ControlMap("pads", [new ControlBinding(pad, ControlTarget.Find("tap")!)], programs: false));
        Assert.Equal(CommandKind.Tap, Ask(controls, ShortMessage.NoteOn(9, 36, 1))!.Value.Kind);
        Assert.Equal(ControlHearing.Taken, controls.Hear(new TimedMessage(_now, ShortMessage.NoteOff(9, 36)), out _));
        Assert.Equal(ControlHearing.Music, controls.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 36, 1)), out _));

        controls.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 40, 80)), out _);
        controls.Learn(ControlTarget.Find("mute"));
        Assert.Equal(ControlHearing.Music, controls.Hear(new TimedMessage(_now, ShortMessage.NoteOff(0, 40)), out _));
        Assert.Equal(ControlHearing.Taken, controls.Hear(new TimedMessage(_now, ShortMessage.NoteOn(0, 40, 80)), out _));
        Assert.Null(controls.Learning);
        Assert.Equal(ControlHearing.Taken, controls.Hear(new TimedMessage(_now, ShortMessage.NoteOff(0, 40)), out _));
        Assert.Equal((CommandKind.Mute, -1.0), Ask(controls, ShortMessage.NoteOn(0, 40, 80)));
    }

    [Fact]
    public void A_learned_control_takes_the_place_of_what_asked_for_the_same_and_of_what_it_asked_for()
    {
        var controls = new Controls(ControlMap.Default);
        controls.Learn(ControlTarget.Find("coherence"));
        Assert.Equal(ControlHearing.Taken, controls.Hear(new TimedMessage(_now, ShortMessage.Control(2, 22, 5)), out _));
        Assert.Equal(CommandKind.Dial, Ask(controls, ShortMessage.Control(2, 22, 9))!.Value.Kind);
        Assert.Equal(ControlHearing.Music, controls.Hear(new TimedMessage(_now, Cc(20, 9)), out _));
        Assert.Equal(ControlHearing.Music, controls.Hear(new TimedMessage(_now, Cc(22, 9)), out _));
        Assert.DoesNotContain(controls.Map.Bindings, b => b.Target.Name == "novelty");
        Assert.Equal(ControlMap.Default.Bindings.Length - 1, controls.Map.Bindings.Length);
    }

    [Fact]
    public void Bank_selection_channel_mode_and_a_pedal_that_comes_up_are_not_learned()
    {
        var controls = new Controls(ControlMap.None);
        controls.Learn(ControlTarget.Find("tap"));
        foreach (var message in new[] { Cc(0, 127), Cc(32, 127), Cc(121, 127), Cc(50, 0), Cc(50, 63) })
            Assert.Equal(ControlHearing.Music, controls.Hear(new TimedMessage(_now, message), out _));
        Assert.NotNull(controls.Learning);
        Ask(controls, Cc(50, 64));
        Assert.Null(controls.Learning);
    }

    [Fact]
    public void A_program_change_asks_for_a_preset() => Assert.Equal((CommandKind.Program, 3.0), Ask(new Controls(ControlMap.Default), ShortMessage.Program(4, 3)));

    private static ShortMessage Cc(int controller, int value) => ShortMessage.Control(0, controller, value);

    // A second apart, so that nothing is thinned.
    private (CommandKind Kind, double Value)? Ask(Controls controls, ShortMessage message)
    {
        _now = _now.PlusSeconds(1);
        return controls.Hear(new TimedMessage(_now, message), out var command) == ControlHearing.Asked ? (command.Kind, command.Value) : null;
    }
}
