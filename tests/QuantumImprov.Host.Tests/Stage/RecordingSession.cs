using System.Collections.Concurrent;
using QuantumImprov.Engine.Choosing.Witnessing;
using QuantumImprov.Engine.Music;
using QuantumImprov.Engine.Session;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

/// <summary>A session that keeps what the stage tells it; its clock stands where the test puts it.</summary>
internal sealed class RecordingSession : IStageSession
{
    private readonly ConcurrentQueue<TimedMessage> _heard = new();
    private readonly SemaphoreSlim _something = new(0);
    private long _now = 3_600_000_000_000;
    private int _panics;

    public HostTime Now
    {
        get => new(Volatile.Read(ref _now));
        set => Volatile.Write(ref _now, value.Nanoseconds);
    }

    public int Panics => Volatile.Read(ref _panics);

    public IReadOnlyList<TimedMessage> Heard => [.. _heard];

    /// <summary>Runs on the server's thread for every message, before it is kept.</summary>
    public Action<TimedMessage> OnHear { get; set; } = _ => { };

    public void Hear(HostTime at, ShortMessage message)
    {
        OnHear(new TimedMessage(at, message));
        _heard.Enqueue(new TimedMessage(at, message));
        _something.Release();
    }

    public ConcurrentQueue<string> Changes { get; } = [];

    public IReadOnlyList<StagePreset> Presets { get; } = [new("answer", "Answers every phrase."), new("soft", "Answers softly.")];

    /// <summary>Decisions that a page may ask for.</summary>
    public DecisionLog Decisions { get; } = new() { IsOn = true };

    /// <summary>Whether somebody looks on, as the stage told it last; null before it told.</summary>
    public bool? Watched { get; private set; }

    /// <summary>For when the last thing was asked.</summary>
    public HostTime AskedAt { get; private set; }

    public void Ask(SessionCommand command)
    {
        AskedAt = command.At;
        if (command.Kind == CommandKind.Panic)
        {
            Interlocked.Increment(ref _panics);
            _something.Release();
        }
        else
        {
            Change(FormattableString.Invariant($"{command.Name ?? command.Kind.ToString()} {command.Value}").ToLowerInvariant());
        }
    }

    public void Learn(string? target) => Change($"learn {target ?? "nothing"}");

    public bool Play(string preset)
    {
        if (Presets.All(p => p.Name != preset)) return false;
        Change($"preset {preset}");
        return true;
    }

    public void Store() => Change("store");

    public void Recall() => Change("recall");

    public void Cable(string end, string port, bool joined) => Change($"{(joined ? "connect" : "part")} {end} {port}");

    public void Roll(bool rolls) => Change(rolls ? "roll" : "stop");

    public void Watch(bool watched)
    {
        Watched = watched;
        _something.Release();
    }

    public DecisionRecord? Find(long decision) => Decisions.Find(decision);

    private void Change(string change)
    {
        Changes.Enqueue(change);
        _something.Release();
    }

    /// <summary>Waits until <paramref name="condition"/> holds of what has come in.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            if (!await _something.WaitAsync(StageClient.Patience, TestContext.Current.CancellationToken))
                Assert.Fail($"The session waited in vain; it had heard {_heard.Count} messages: {string.Join(", ", _heard.Take(10))}.");
        }
    }
}
