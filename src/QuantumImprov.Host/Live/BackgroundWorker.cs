using QuantumImprov.Engine.Pipeline;

namespace QuantumImprov.Host.Live;

/// <summary>Does the engine's long work on threads of their own, below everything that makes music.</summary>
public sealed class BackgroundWorker : IWorker
{
    /// <inheritdoc/>
    public bool MayBeWaitedFor => false;

    /// <inheritdoc/>
    public IWork<T> Begin<T>(Func<T> work) => new Work<T>(work);

    private sealed class Work<T>(Func<T> work) : IWork<T>
    {
        private readonly Task<T> _result = QuietThread.Run("worker", work);

        public bool IsDone => _result.IsCompleted;

        public T Take() => _result.GetAwaiter().GetResult();
    }
}
