namespace QuantumImprov.Host;

/// <summary>Long work on a thread of its own, below everything that makes music. [any]</summary>
public static class QuietThread
{
    /// <summary>Begins <paramref name="work"/> on a thread called <paramref name="name"/>; what it throws is told by whoever awaits it, and nobody goes on on that thread.</summary>
    public static Task<T> Run<T>(string name, Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        })
        {
            Name = name,
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        }.Start();
        return result.Task;
    }
}
