namespace QuantumImprov.Host.Stage;

/// <summary>The counters behind <see cref="StageCounts"/>, shared by the gate and the pages. [any]</summary>
internal sealed class StageTally
{
    private long _refused, _malformed, _flooded, _missed;

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Malformed() => Interlocked.Increment(ref _malformed);

    public void Flooded() => Interlocked.Increment(ref _flooded);

    public void Missed(long notes) => Interlocked.Add(ref _missed, notes);

    public StageCounts With(int pages) => new(
        pages, Interlocked.Read(ref _refused), Interlocked.Read(ref _malformed), Interlocked.Read(ref _flooded), Interlocked.Read(ref _missed));
}
