namespace QuantumImprov.Engine.Pipeline;

/// <summary>The worker of virtual time: work is done when its result is taken, by who takes it.</summary>
public sealed class WorkInTurn : IWorker
{
    /// <inheritdoc/>
    public bool MayBeWaitedFor => true;

    /// <inheritdoc/>
    public IWork<T> Begin<T>(Func<T> work) => new Work<T>(work);

    private sealed class Work<T>(Func<T> work) : IWork<T>
    {
        private Func<T>? _work = work;
        private T _result = default!;

        public bool IsDone => false;

        public T Take()
        {
            if (_work is not null) _result = _work();
            _work = null;
            return _result;
        }
    }
}
