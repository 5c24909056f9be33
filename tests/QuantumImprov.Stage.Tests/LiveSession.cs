using System.Collections.Concurrent;
using System.Diagnostics;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
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

    /// <summary>Tells of each message, as soon as it comes.</summary>
    public event Action<HostTime, ShortMessage>? Hearing;

    public void Hear(HostTime at, ShortMessage message)
    {
        Hearing?.Invoke(at, message);
        _heard.Enqueue(new TimedMessage(at, message));
        _something.Release();
    }

    /// <summary>What was asked for, such as "coherence 0.5" or "preset soft", but panic.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Decisions that a page may ask for.</summary>
    public DecisionLog Decisions { get; } = new() { IsOn = true };

    public IReadOnlyList<StagePreset> Presets { get; } = [new("answer", "Answers every phrase."), new("soft", "Answers softly."), new("duet", "Plays along.")];

    public void Ask(SessionCommand command)
    {
        if (command.Kind == CommandKind.Panic) Interlocked.Increment(ref _panics);
        else Asked.Enqueue(FormattableString.Invariant($"{command.Name ?? command.Kind.ToString()} {command.Value}").ToLowerInvariant());
        _something.Release();
    }

    public void Learn(string? target)
    {
    }

    public bool Play(string preset)
    {
        if (Presets.All(p => p.Name != preset)) return false;
        Asked.Enqueue($"preset {preset}");
        _something.Release();
        return true;
    }

    public void Store() => Keep("store");

    public void Recall() => Keep("recall");

    public void Cable(string end, string port, bool joined) => Keep($"{(joined ? "connect" : "part")} {end} {port}");

    public void Roll(bool rolls) => Keep(rolls ? "roll" : "stop");

    public void Watch(bool watched)
    {
    }

    public DecisionRecord? Find(long decision) => Decisions.Find(decision);

    private void Keep(string what)
    {
        Asked.Enqueue(what);
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
