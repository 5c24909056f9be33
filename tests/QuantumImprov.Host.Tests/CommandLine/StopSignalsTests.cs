using System.Runtime.InteropServices;
using QuantumImprov.Host.CommandLine;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.CommandLine;

public sealed class StopSignalsTests
{
    private static readonly TimeSpan Ever = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(PosixSignal.SIGHUP)]
    [InlineData(PosixSignal.SIGTERM)]
    public void Where_the_process_ends_when_a_closing_was_heard_it_is_heard_until_all_is_closed(PosixSignal signal)
    {
        var (asked, closed, heardClosed) = (false, false, false);
        var signals = new StopSignals(() => Volatile.Write(ref asked, true), endsWhenHeard: true, Ever);
        var heard = Begin(() =>
        {
            signals.Hear(signal);
            heardClosed = Volatile.Read(ref closed);
        });
        Assert.True(IsKeptWaiting(heard));
        Assert.True(Volatile.Read(ref asked));
        // Everything that a session does at its end goes between these two.
        Volatile.Write(ref closed, true);
        signals.Dispose();
        heard.Join();
        Assert.True(heardClosed);
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
    public void What_the_stop_needs_is_there_until_it_has_returned(PosixSignal signal)
    {
        var times = 0;
        using var goOn = new ManualResetEventSlim();
        var signals = new StopSignals(
            () =>
            {
                times++;
                goOn.Wait();
            },
            endsWhenHeard: true,
            Ever);
        var heard = Begin(() => signals.Hear(signal));
        Assert.True(IsKeptWaiting(heard));
        var disposed = Begin(signals.Dispose);
        Assert.True(IsKeptWaiting(disposed));
        goOn.Set();
        disposed.Join();
        heard.Join();
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

    private static Thread Begin(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    // Sooner or later it either waits for somebody or has ended.
    private static bool IsKeptWaiting(Thread thread)
    {
        Wait.Until(() => (thread.ThreadState & (ThreadState.WaitSleepJoin | ThreadState.Stopped)) != 0, "a thread to wait or to end");
        return thread.IsAlive;
    }
}
