using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Qpu.Fake;

/// <summary>How a fake cloud behaves. Immutable.</summary>
public sealed record FakeCloudOptions
{
    /// <summary>The port on loopback; 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>The key every vendor accepts; nothing else.</summary>
    public string Key { get; init; } = "fake-key-8d1c5f3b20";

    /// <summary>How long jobs take.</summary>
    public FakeLatency Latency { get; init; } = FakeLatency.None;

    /// <summary>The noise of its devices.</summary>
    public NoiseProfile Profile { get; init; } = DeviceProfiles.CzTransmons;

    /// <summary>The server's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How far the server's clock is ahead of that, in the eyes of those who sign with the time.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>How long tokens last.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Decides latencies and everything that is measured.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most jobs a minute, where a vendor limits them; 0: no limit.</summary>
    public int JobsAMinute { get; init; } = 5;

    /// <summary>Whether results come in the newer of two shapes, where a vendor has two.</summary>
    public bool NewShapes { get; init; }

    /// <summary>Told of every request, a line each; null: nobody is.</summary>
    public Action<string>? Log { get; init; }
}
