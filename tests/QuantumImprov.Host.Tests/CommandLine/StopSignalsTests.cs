using System.Runtime.InteropServices;
using QuantumImprov.Host.CommandLine;
using Xunit;

namespace QuantumImprov.Host.Tests.CommandLine;

public sealed class StopSignalsTests
{
    private static readonly TimeSpan Ever = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(PosixSignal.SIGHUP)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task Where_the_process_ends_when_a_closing_was_heard_it_is_heard_until_all_is_closed(PosixSignal signal)
    {
        var asked = new TaskCompletionSource();
        var closed = false;
        var signals = new StopSignals(asked.SetResult, endsWhenHeard: true, Ever);
        var heard = Task.Run(() =>
        {
            signals.Hear(signal);
            return Volatile.Read(ref closed);
        });
        await asked.Task;
        // Everything that a session does at its end goes between these two.
        Assert.NotSame(heard, await Task.WhenAny(heard, Task.Delay(50, TestContext.Current.CancellationToken)));
        Volatile.Write(ref closed, true);
        signals.Dispose();
        Assert.True(await heard);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, true)]
    [InlineData(PosixSignal.SIGHUP, false)]
    [InlineData(PosixSignal.SIGTERM, false)]
    public void Elsewhere_and_for_Ctrl_C_nobody_is_kept_waiting(PosixSignal signal, bool endsWhenHeard)
    {
        var asked = 0;
        using var signals = new StopSignals(() => asked++, endsWhenHeard, Timeout.InfiniteTimeSpan);
        // Waiting would be for ever.
        signals.Hear(signal);
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGTERM)]
    public async Task What_the_stop_needs_is_there_until_it_has_returned(PosixSignal signal)
    {
        var (asked, times) = (new TaskCompletionSource(), 0);
        using var goOn = new ManualResetEventSlim();
        var signals = new StopSignals(
            () =>
            {
                times++;
                asked.SetResult();
                goOn.Wait();
            },
            endsWhenHeard: true,
            Ever);
        var heard = Task.Run(() => signals.Hear(signal), TestContext.Current.CancellationToken);
        await asked.Task;
        var disposed = Task.Run(signals.Dispose, TestContext.Current.CancellationToken);
        Assert.NotSame(disposed, await Task.WhenAny(disposed, Task.Delay(50, TestContext.Current.CancellationToken)));
        goOn.Set();
        await disposed;
        await heard;
        signals.Hear(signal);
        Assert.Equal(1, times);
    }

    [Fact]
    public void A_closing_that_takes_too_long_is_not_waited_for()
    {
        var asked = 0;
        using var signals = new StopSignals(() => asked++, endsWhenHeard: true, TimeSpan.FromMilliseconds(1));
        signals.Hear(PosixSignal.SIGHUP);
        Assert.Equal(1, asked);
    }
}
