using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Pipeline;

namespace QuantumImprov.Host.Tests.Replaying;

/// <summary>Takes its time: ready so long after it was asked.</summary>
/// <param name="now">The clock.</param>
/// <param name="takes">How long, in nanoseconds, each piece of work takes, one after the other.</param>
internal sealed class TardyWorker(Func<HostTime> now, Queue<long> takes) : IWorker
{
    public bool MayBeWaitedFor => false;

    public IWork<T> Begin<T>(Func<T> work) => new Work<T>(work, now, now().Plus(takes.TryDequeue(out var time) ? time : 1_500_000_000));

    private sealed class Work<T>(Func<T> work, Func<HostTime> now, HostTime ready) : IWork<T>
    {
        public bool IsDone => now() >= ready;

        public T Take() => work();
    }
}
