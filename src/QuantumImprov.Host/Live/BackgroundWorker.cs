using QuantumImprov.Engine.Pipeline;

namespace QuantumImprov.Host.Live;

/// <summary>Does the engine's long work on threads of their own, below everything that makes music.</summary>
public sealed class BackgroundWorker : IWorker
{
    /// <inheritdoc/>
    public bool MayBeWaitedFor => false;

    /// <inheritdoc/>
    public IWork<T> Begin<T>(Func<T> work) => new Work<T>(work);

    private sealed class Work<T> : IWork<T>
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Work(Func<T> work)
        {
            var thread = new Thread(() =>
            {
                try
                {
                    _result.SetResult(work());
                }
                catch (Exception e)
                {
                    // Told by whoever takes the result.
                    _result.SetException(e);
                }
            })
            {
                Name = "worker",
                IsBackground = true,
                Priority = ThreadPriority.BelowNormal,
            };
            thread.Start();
        }

        public bool IsDone => _result.Task.IsCompleted;

        public T Take() => _result.Task.GetAwaiter().GetResult();
    }
}
