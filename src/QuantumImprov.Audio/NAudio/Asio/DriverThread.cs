using System.Collections.Concurrent;
using System.Runtime.Versioning;

namespace QuantumImprov.Audio.NAudio.Asio;

/// <summary>
/// The one thread that speaks to an ASIO driver: drivers are COM objects for a single-threaded apartment, which a console program's own threads are not. A driver that hangs holds up this thread and,
/// but once and not for long, its owner.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class DriverThread : IDisposable
{
    /// <summary>How long a driver may take over one thing.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private readonly TimeSpan _longest;
    private int _overdue;

    /// <summary>Starts it; the owner waits at most <paramref name="longest"/> for one thing.</summary>
    public DriverThread(TimeSpan longest)
    {
        _longest = longest;
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

    // Something that is waited for no longer is still being done.
    private bool IsHeldUp => Volatile.Read(ref _overdue) > 0;

    /// <summary>Has it do <paramref name="work"/>, and waits; what that throws is thrown here. What comes of it too late goes to <paramref name="late"/>, on the driver's thread. [owner]</summary>
    /// <exception cref="TimeoutException">It takes too long, or something before it still does: that is told at once and nothing is begun.</exception>
    public T Do<T>(Func<T> work, Action<T>? late = null) => IsHeldUp ? throw Silent() : Await(Ask(work, late));

    /// <summary>Has it do <paramref name="work"/>, which gives back what was taken: also where something before it takes too long, and then without waiting. What it throws is thrown here. [owner]</summary>
    /// <exception cref="TimeoutException">It takes too long; it is done all the same.</exception>
    public void Close(Action work)
    {
        var done = Ask<bool>(
            () =>
            {
                work();
                return true;
            },
            null);
        if (!IsHeldUp) Await(done);
    }

    /// <summary>Ends it, with all done that was asked for; where that takes too long, the thread ends when it is done, or with the program.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        if (_thread.Join(IsHeldUp ? TimeSpan.Zero : _longest)) _work.Dispose();
    }

    private TimeoutException Silent() => new(FormattableString.Invariant($"it has not answered for {_longest.TotalSeconds} seconds"));

    private TaskCompletionSource<T> Ask<T>(Func<T> work, Action<T>? late)
    {
        var done = new TaskCompletionSource<T>();
        _work.Add(() =>
        {
            try
            {
                var result = work();
                if (done.TrySetResult(result)) return;
                late?.Invoke(result);
            }
            catch (Exception e)
            {
                if (done.TrySetException(e)) return;
            }

            Interlocked.Decrement(ref _overdue);
        });
        return done;
    }

    private T Await<T>(TaskCompletionSource<T> done)
    {
        // Whoever of the two threads is first decides whether it came in time.
        if (Task.WaitAny([done.Task], _longest) < 0 && done.TrySetException(Silent())) Interlocked.Increment(ref _overdue);
        return done.Task.GetAwaiter().GetResult();
    }
}
