using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Qpu.Fake;

/// <summary>A job of a fake vendor.</summary>
internal sealed class FakeJob(string id, string vendor, string tag, ImmutableArray<Circuit> circuits, int shots, DateTimeOffset at, DateTimeOffset done)
{
    internal string Id { get; } = id;

    internal string Vendor { get; } = vendor;

    internal string Tag { get; } = tag;

    internal ImmutableArray<Circuit> Circuits { get; } = circuits;

    internal int Shots { get; } = shots;

    internal DateTimeOffset At { get; } = at;

    internal DateTimeOffset Done { get; } = done;

    internal bool IsCancelled { get; set; }

    internal ImmutableArray<Counts>? Results { get; set; }

    internal JobState State(DateTimeOffset now) => IsCancelled ? JobState.Cancelled : now >= Done ? JobState.Done : now >= At + ((Done - At) * .8) ? JobState.Running : JobState.Queued;
}
