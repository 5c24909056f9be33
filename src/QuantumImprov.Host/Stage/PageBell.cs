using System.Threading.Tasks.Sources;

namespace QuantumImprov.Host.Stage;

/// <summary>
/// What one loop waits for and anybody may ring: a ring that comes while the loop is busy is kept, and any number of rings are one. Ringing allocates nothing
/// even when the loop is waiting, which a semaphore awaited with a limit or a token does not promise.
/// </summary>
internal sealed class PageBell : IValueTaskSource
{
    private const int Quiet = 0, Rung = 1, Awaited = 2;

    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private int _state;

    /// <summary>Lets the waiting loop go on, or its next wait end at once; never waits. [any]</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref _state, Rung) == Awaited) _source.SetResult(true);
    }

    /// <summary>Ends once the bell has been rung since the last wait ended. [one loop; not again before it has ended]</summary>
    public ValueTask WaitAsync()
    {
        // Nobody but who finds the bell awaited touches the source.
        _source.Reset();
        if (Interlocked.CompareExchange(ref _state, Awaited, Quiet) == Quiet) return new ValueTask(this, _source.Version);
        Interlocked.Exchange(ref _state, Quiet);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token)
    {
        _source.GetResult(token);
        Interlocked.Exchange(ref _state, Quiet);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
