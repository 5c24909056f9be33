using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class ConnectionMemoryTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void What_a_dying_server_takes_apart_is_recalled_and_what_was_parted_before_is_not()
    {
        var memory = new ConnectionMemory(_time);
        var (kept, dying, parted, forgotten) = (At("a:out"), At("b:out"), At("c:out"), At("d:out"));
        foreach (var connection in new[] { kept, dying, parted, forgotten }) memory.Add(connection);
        memory.Fade(parted);
        memory.Forget(forgotten);
        _time.Advance(TimeSpan.FromSeconds(5));
        memory.Fade(dying);
        memory.Fade(At("never:seen"));
        memory.Recall(_time.GetTimestamp());
        Assert.Equal([kept, dying], memory.Awaited.OrderBy(c => c.Other));
        Assert.Equal([kept, dying], memory.All);
    }

    [Fact]
    public void What_was_recalled_counts_as_connected_for_the_next_death_too()
    {
        var memory = new ConnectionMemory(_time);
        memory.Add(At("a:out"));
        memory.Fade(At("a:out"));
        memory.Recall(_time.GetTimestamp());
        _time.Advance(TimeSpan.FromHours(1));
        memory.Recall(_time.GetTimestamp());
        Assert.Single(memory.Awaited);
    }

    [Fact]
    public void The_cables_of_a_port_that_goes_are_awaited_until_they_are_in_again_and_those_parted_before_are_not()
    {
        var memory = new ConnectionMemory(_time);
        var (cable, second, parted, other) = (At("a:out"), new JackConnection(JackEnd.Left, "a:out"), new JackConnection(JackEnd.Right, "a:out"), At("b:out"));
        foreach (var connection in new[] { cable, second, parted, other }) memory.Add(connection);
        memory.Fade(parted);
        _time.Advance(TimeSpan.FromSeconds(5));
        memory.Fade(cable);
        memory.Vanish("a:out");
        Assert.Equal([cable, second], memory.Awaited.OrderBy(c => c.End));
        Assert.Equal([cable, other, second], memory.All);
        memory.Add(cable);
        Assert.Equal([second], memory.Awaited);
        memory.Forget(second);
        Assert.Empty(memory.Awaited);
    }

    [Fact]
    public void What_was_parted_is_no_longer_told_after_two_seconds()
    {
        var memory = new ConnectionMemory(_time);
        memory.Add(At("a:out"));
        memory.Fade(At("a:out"));
        Assert.Single(memory.All);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(memory.All);
        Assert.Empty(memory.Awaited);
    }

    private static JackConnection At(string other) => new(JackEnd.In, other);
}
