using QuantumImprov.Engine.Pipeline;
using QuantumImprov.Engine.Presets;
using QuantumImprov.Quantum.Noise;

namespace QuantumImprov.Qpu.Rehearsing;

/// <summary>What a rehearsal is to be like. Immutable.</summary>
public sealed record RehearsalOptions
{
    /// <summary>Minutes of music; 0.1 to 600.</summary>
    public double Minutes { get; init; } = 10;

    /// <summary>Notes a second, without a rest; 0.5 to 32.</summary>
    public double NotesPerSecond { get; init; } = 8;

    /// <summary>Decides everything: the music, the device, latencies and outages.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The device's noise.</summary>
    public NoiseProfile Profile { get; init; } = DeviceProfiles.CzTransmons;

    /// <summary>Play money; null: enough for the run.</summary>
    public decimal? Budget { get; init; }

    /// <summary>How it is played.</summary>
    public Preset Preset { get; init; } = new();

    /// <summary>What is known at the beginning; called once for each run.</summary>
    public Func<LearnedMusic> Learned { get; init; } = ShippedRepertoire.Learn;

    /// <summary>Half of the jobs take no longer.</summary>
    public TimeSpan MedianLatency { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Nineteen of twenty jobs take no longer.</summary>
    public TimeSpan SlowLatency { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Times in which the cloud does not answer: how many, and how long each.</summary>
    public (int Count, TimeSpan Length) Outages { get; init; } = (2, TimeSpan.FromMinutes(1));

    /// <summary>Whether accept coins come from the device too.</summary>
    public bool Pure { get; init; }

    /// <summary>Whether the device's laws are measured from shots although it is simulated and they could be known.</summary>
    public bool MeasuresLaws { get; init; }

    /// <summary>Whether the performer teaches new phrases on the way.</summary>
    public bool Drifts { get; init; } = true;
}
