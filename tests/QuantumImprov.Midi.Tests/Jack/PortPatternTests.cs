using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class PortPatternTests
{
    private static readonly JackPort[] Ports =
        [.. new[] { "a2j:KeyStep 37 (capture)", "Midi-Bridge:KeyStep:out", "fs:midi*", "fs:midi_00", "fs:midi_01" }.Select(name => new JackPort(name, true, false, false))];

    [Theory]
    [InlineData("fs:midi_00", "fs:midi_00")]
    [InlineData("*keystep*", "a2j:KeyStep 37 (capture),Midi-Bridge:KeyStep:out")]
    [InlineData("fs:midi*", "fs:midi*")]
    [InlineData("fs:midi_0?", "fs:midi_00,fs:midi_01")]
    [InlineData("KeyStep", "")]
    [InlineData("", "")]
    public void An_exact_name_wins_and_a_pattern_finds_all_that_match(string pattern, string expected) =>
        Assert.Equal(expected, string.Join(",", PortPattern.Select(Ports, pattern).Select(port => port.Name)));
}
