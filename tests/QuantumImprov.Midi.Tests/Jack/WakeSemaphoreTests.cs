using QuantumImprov.Midi.Jack;
using Xunit;

namespace QuantumImprov.Midi.Tests.Jack;

public sealed class WakeSemaphoreTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    public WakeSemaphoreTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The semaphore is Linux's.");

    [Fact]
    public void Without_a_post_the_wait_ends_with_false() => Assert.False(new WakeSemaphore().Wait(TimeSpan.FromMilliseconds(20)));

    [Fact]
    public void Many_posts_before_a_wait_count_as_one()
    {
        var wake = new WakeSemaphore();
        for (var i = 0; i < 5; i++) wake.Post();
        Assert.True(wake.Wait(Long));
        Assert.False(wake.Wait(TimeSpan.Zero));
    }

    [Fact]
    public void A_post_from_another_thread_ends_the_wait_and_a_close_ends_it_for_good()
    {
        var wake = new WakeSemaphore();
        var back = new WakeSemaphore();
        var thread = new Thread(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                if (!back.Wait(Long)) return;
                wake.Post();
            }

            wake.Close();
        });
        thread.Start();
        for (var i = 0; i < 1000; i++)
        {
            back.Post();
            if (!wake.Wait(Long)) Assert.Equal(999, i);
        }

        thread.Join();
        Assert.False(wake.Wait(Long));
    }
}
