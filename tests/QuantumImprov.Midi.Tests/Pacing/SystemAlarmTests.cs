using QuantumImprov.Midi.Pacing;
using Xunit;

namespace QuantumImprov.Midi.Tests.Pacing;

public sealed class SystemAlarmTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    [InlineData(1, 0)]
    [InlineData(250_000, 200_000)]
    [InlineData(1_500_000, 1_400_000)]
    [InlineData(1_001_000_000, 1_000_000_000)]
    public void It_does_not_wake_anybody_early(long asked, long least)
    {
        using var alarm = SystemAlarm.Create();
        var began = TimeProvider.System.GetTimestamp();
        alarm.Sleep(asked);
        Assert.True(TimeProvider.System.GetElapsedTime(began).Ticks * 100 >= least);
    }

    [Fact]
    public void Asking_for_priority_is_answered_whatever_the_answer()
    {
        bool? answer = null;
        var thread = new Thread(() =>
        {
            using var alarm = SystemAlarm.Create();
            answer = alarm.TryRaise();
            alarm.Sleep(1000);
        });
        thread.Start();
        thread.Join();
        Assert.NotNull(answer);
    }
}
