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
        Assert.Equal([kept, dying], memory.Recall(_time.GetTimestamp()).OrderBy(c => c.Other));
    }

    [Fact]
    public void What_was_recalled_counts_as_connected_for_the_next_death_too()
    {
        var memory = new ConnectionMemory(_time);
        memory.Add(At("a:out"));
        memory.Fade(At("a:out"));
        Assert.Single(memory.Recall(_time.GetTimestamp()));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Single(memory.Recall(_time.GetTimestamp()));
    }

    private static JackConnection At(string other) => new(JackEnd.In, other);
}
