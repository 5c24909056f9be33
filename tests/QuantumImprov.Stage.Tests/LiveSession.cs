using System.Collections.Concurrent;
using System.Diagnostics;
using QuantumImprov.Engine.Music;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Stage.Tests;

/// <summary>A session on real time that keeps what it hears.</summary>
internal sealed class LiveSession : IStageSession
{
    private readonly ConcurrentQueue<TimedMessage> _heard = new();
    private readonly SemaphoreSlim _something = new(0);
    private int _panics;

    public HostTime Now => new((long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency)));

    public IReadOnlyList<TimedMessage> Heard => [.. _heard];

    public int Panics => Volatile.Read(ref _panics);

    public void Hear(HostTime at, ShortMessage message)
    {
        _heard.Enqueue(new TimedMessage(at, message));
        _something.Release();
    }

    public void Forget()
    {
    }

    public void Keep(int phrases)
    {
    }

    public void Clear()
    {
    }

    public void Panic()
    {
        Interlocked.Increment(ref _panics);
        _something.Release();
    }

    /// <summary>Waits until <paramref name="condition"/> holds of what has come in.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            if (!await _something.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken))
                Assert.Fail($"The session waited in vain; it had heard {_heard.Count} messages: {string.Join(", ", _heard.Take(10))}.");
        }
    }
}
