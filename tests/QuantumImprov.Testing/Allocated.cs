namespace QuantumImprov.Testing;

/// <summary>
/// Bytes that code allocates on its thread. A collection that another test causes counts what a thread had set aside as used, so the least of several runs is what the code itself allocates.
/// </summary>
public static class Allocated
{
    private const int Runs = 5;

    /// <summary>The least number of bytes that <paramref name="deed"/> allocates in up to five runs; it is run once before, so that nothing has to be compiled.</summary>
    public static long By(Action deed)
    {
        deed();
        var least = long.MaxValue;
        for (var run = 0; run < Runs && least > 0; run++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            deed();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
