using QuantumImprov.Midi.Jack;
using QuantumImprov.Midi.Pacing;
using Xunit;

namespace QuantumImprov.Midi.Tests.Pacing;

public sealed class PacedTimingTests
{
    [Fact]
    public void Every_note_is_received_and_counted()
    {
        Assert.True(PacedTiming.TryRun(new TimingOptions { Notes = 60, Repeats = 0 }, null, out var result, out var reason), reason);
        Assert.Equal((60, 60, 1), (result.Sent, result.Received, result.Attempts));
        Assert.InRange(result.ExactFrameShare, 0, 1);
        // A thread that never stood still is late by nothing worth a frame's name twice over.
        if (result.Xruns == 0) Assert.InRange(result.WorstError, 0, 2);
    }

    [Fact]
    public void A_number_of_notes_that_is_not_allowed_is_refused()
    {
        Assert.False(PacedTiming.TryRun(new TimingOptions { Notes = 0 }, null, out _, out var reason));
        Assert.Contains("1 to 100000", reason, StringComparison.Ordinal);
    }
}
