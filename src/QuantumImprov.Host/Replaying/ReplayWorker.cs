using QuantumImprov.Engine.Pipeline;

namespace QuantumImprov.Host.Replaying;

/// <summary>Is ready when the journal says that it was.</summary>
internal sealed class ReplayWorker : IWorker
{
    private Action? _finish;

    public bool MayBeWaitedFor => false;

    public IWork<T> Begin<T>(Func<T> work)
    {
        var begun = new Work<T>(work);
        _finish = begun.Finish;
        return begun;
    }

    /// <summary>What was begun last is ready from now on; false when nothing was.</summary>
    internal bool TryFinish()
    {
        if (_finish is not { } finish) return false;
        _finish = null;
        finish();
        return true;
    }

    private sealed class Work<T>(Func<T> work) : IWork<T>
    {
        private T _result = default!;

        public bool IsDone { get; private set; }

        public T Take()
        {
            if (!IsDone) Finish();
            return _result;
        }

        internal void Finish() => (_result, IsDone) = (work(), true);
    }
}
