using System.Collections.Concurrent;
using System.Runtime.Versioning;

namespace QuantumImprov.Audio.NAudio.Asio;

/// <summary>The one thread that speaks to an ASIO driver: drivers are COM objects for a single-threaded apartment, which a console program's own threads are not.</summary>
[SupportedOSPlatform("windows")]
internal sealed class DriverThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    /// <summary>Starts it.</summary>
    public DriverThread()
    {
        _thread = new Thread(() =>
        {
            foreach (var work in _work.GetConsumingEnumerable()) work();
        })
        {
            IsBackground = true,
            Name = "asio driver",
        };
        _thread.TrySetApartmentState(ApartmentState.STA);
        _thread.Start();
    }

    /// <summary>Has it do <paramref name="work"/>, and waits; what that throws is thrown here.</summary>
    public T Do<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>();
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Ends it, with all done that was asked for.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }
}
