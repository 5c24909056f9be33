namespace QuantumImprov.Testing;

/// <summary>
/// Bytes that a thread allocates from look to look. A collection, which another test may cause, counts what a thread had set aside as used: between two looks with one among them nothing is counted. That holds where collections do not run beside
/// the tests, since those begin and end without being counted: <c>ConcurrentGarbageCollection</c> is off in tests that use this.
/// </summary>
public sealed class AllocationWatch
{
    private long _last, _collections;

    /// <summary>Bytes so far, of the thread that looks.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts what was allocated since the last look.</summary>
    public void Look()
    {
        var (before, bytes, collections) = (GC.CollectionCount(0), GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(0));
        if (_last != 0 && collections == _collections) Bytes += bytes - _last;
        (_last, _collections) = (before == collections ? bytes : 0, collections);
    }
}
