using QuantumImprov.Audio.NAudio.Asio;
using Xunit;

namespace QuantumImprov.Devices.Tests.Audio.Stub;

#pragma warning disable CA1416 // No driver is called.

public sealed class DriverThreadTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20), Ever = TimeSpan.FromMinutes(1);

    [Fact]
    public void What_the_work_throws_is_thrown_to_the_owner_and_the_thread_goes_on()
    {
        using var thread = new DriverThread(Ever);
        Assert.Equal("No.", Assert.Throws<InvalidOperationException>(() => thread.Do<int>(() => throw new InvalidOperationException("No."))).Message);
        Assert.Throws<InvalidOperationException>(() => thread.Close(() => throw new InvalidOperationException("No.")));
        Assert.Equal(3, thread.Do(() => 3));
    }

    [Fact]
    public async Task A_driver_that_hangs_is_given_up_and_what_it_gives_later_is_given_back()
    {
        using var answers = new ManualResetEventSlim();
        var thread = new DriverThread(Soon);
        var order = new List<string>();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var silent = Assert.Throws<TimeoutException>(() => thread.Do(
            () =>
            {
                answers.Wait();
                return "opened";
            },
            order.Add));
        Assert.Equal("it has not answered for 0.02 seconds", silent.Message);
        // Nothing more is begun, what is closed is closed afterwards, and nobody waits for either.
        Assert.Throws<TimeoutException>(() => thread.Do(() =>
        {
            order.Add("begun");
            return 0;
        }));
        thread.Close(() =>
        {
            order.Add("closed");
            closed.SetResult();
        });
        thread.Dispose();
        Assert.Empty(order);
        answers.Set();
        await closed.Task;
        Assert.Equal(["opened", "closed"], order);
    }

    [Fact]
    public async Task A_driver_that_answers_again_is_spoken_to_again()
    {
        using var answers = new ManualResetEventSlim();
        using var thread = new DriverThread(TimeSpan.FromSeconds(1));
        Assert.Throws<TimeoutException>(() => thread.Do(() =>
        {
            answers.Wait();
            return 1;
        }));
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        thread.Close(next.SetResult);
        answers.Set();
        await next.Task;
        Assert.Equal(2, thread.Do(() => 2));
    }
}
