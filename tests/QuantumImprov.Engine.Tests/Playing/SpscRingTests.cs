using CsCheck;
using QuantumImprov.Engine.Playing;
using Xunit;

namespace QuantumImprov.Engine.Tests.Playing;

public class SpscRingTests
{
    [Fact]
    public void One_thread_sees_a_bounded_queue() =>
        Gen.Select(Gen.Int[1, 40], Gen.Bool.Array[0, 400]).Sample((capacity, writes) =>
        {
            var (ring, queue) = (new SpscRing<int>(capacity), new Queue<int>());
            var (next, refused) = (0, 0);
            Assert.True(ring.Capacity >= capacity);
            foreach (var write in writes)
            {
                if (write)
                {
                    Assert.Equal(queue.Count < ring.Capacity, ring.TryWrite(next));
                    if (queue.Count < ring.Capacity) queue.Enqueue(next);
                    else refused++;
                    next++;
                }
                else
                {
                    Assert.Equal(queue.TryDequeue(out var expected), ring.TryRead(out var item));
                    Assert.Equal(expected, item);
                }

                Assert.Equal((queue.Count, refused), (ring.Count, ring.Refused));
            }
        }, iter: 5_000);

    private readonly record struct Pair(long Number, long Mirror);

    // 200,000 items through a ring of sixteen; the reader gives up only when the writer has ended.
    [Fact]
    public void Two_threads_pass_items_in_order_and_untorn_and_lose_none_uncounted()
    {
        const int items = 200_000;
        var ring = new SpscRing<Pair>(16);
        var written = 0L;
        var writer = new Thread(() =>
        {
            for (var i = 1; i <= items; i++)
            {
                if (ring.TryWrite(new Pair(i, ~(long)i))) written++;
                else Thread.Yield();
            }
        });
        writer.Start();
        var (read, last) = (0L, 0L);
        while (true)
        {
            var over = !writer.IsAlive;
            if (ring.TryRead(out var item))
            {
                Assert.Equal(~item.Number, item.Mirror);
                Assert.True(item.Number > last);
                (last, read) = (item.Number, read + 1);
            }
            else if (over)
            {
                break;
            }
        }

        Assert.Equal(written, read);
        Assert.Equal(items, read + ring.Refused);
        Assert.True(read > items / 100, $"{read} items went through");
    }
}
