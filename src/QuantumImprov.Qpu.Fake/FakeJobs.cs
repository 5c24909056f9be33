using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Qpu.Fake;

/// <summary>Takes jobs, runs them on the simulated device when they are asked for, and counts what was really carried out. Thread-safe.</summary>
internal sealed class FakeJobs(FakeCloudOptions options, FaultScript faults)
{
    private readonly List<FakeJob> _jobs = [];
    private readonly Queue<DateTimeOffset> _recent = new();
    private readonly Xoshiro _latencies = new(Xoshiro.Derive(options.Seed, 1)), _shots = new(Xoshiro.Derive(options.Seed, 2));

    internal DateTimeOffset Now => options.Time.GetUtcNow();

    internal IReadOnlyList<FakeJob> All
    {
        get
        {
            lock (_jobs) return [.. _jobs];
        }
    }

    /// <summary>A new job; null when the vendor takes no more this minute.</summary>
    internal FakeJob? Add(string vendor, string tag, ImmutableArray<Circuit> circuits, int shots, string? id = null, int perMinute = 0)
    {
        lock (_jobs)
        {
            while (_recent.TryPeek(out var first) && Now - first >= TimeSpan.FromMinutes(1)) _recent.Dequeue();
            if (perMinute > 0 && _recent.Count >= perMinute) return null;
            if (perMinute > 0) _recent.Enqueue(Now);
            var job = new FakeJob(id ?? $"{vendor}-{_jobs.Count + 1:d4}-{Xoshiro.Derive(options.Seed, (ulong)_jobs.Count):x16}", vendor, tag, circuits, shots, Now, Now + options.Latency.Draw(_latencies, _jobs.Count));
            _jobs.Add(job);
            return job;
        }
    }

    internal FakeJob? Find(string vendor, string id)
    {
        lock (_jobs) return _jobs.FirstOrDefault(j => j.Vendor == vendor && j.Id == id);
    }

    internal FakeJob? ByTag(string vendor, string tag)
    {
        lock (_jobs) return _jobs.FirstOrDefault(j => j.Vendor == vendor && j.Tag == tag);
    }

    /// <summary>Calls a job off; false when it cannot be.</summary>
    internal bool Cancel(FakeJob job)
    {
        if (faults.Take(FaultKind.NoCancel) || job.State(Now) is JobState.Done or JobState.Cancelled) return false;
        return job.IsCancelled = true;
    }

    /// <summary>The results of a job that is done, the same each time, with whatever lies the script has.</summary>
    /// <param name="job">The job.</param>
    /// <param name="native">Whether its circuits are in the device's own gates already.</param>
    internal ImmutableArray<Counts> Results(FakeJob job, bool native)
    {
        lock (_jobs)
        {
            job.Results ??= [.. job.Circuits.Select(c => Run(c, job.Shots, native))];
            var results = job.Results.Value;
            if (faults.Take(FaultKind.TooFew)) return results[..^1];
            if (faults.Take(FaultKind.Lying)) return [.. results.Select(r => Counts.Of([.. r.Shots.Select(s => s | 1UL << 40)]))];
            return results;
        }
    }

    /// <summary>The law of a circuit without noise, by words of its classical bits.</summary>
    internal static double[] IdealLaw(Circuit circuit) => NoisyLaw.Of(circuit, NoiseProfile.Ideal)?.Words(Math.Max(1, circuit.Bits)) ?? [1];

    private Counts Run(Circuit circuit, int shots, bool native)
    {
        var written = native ? circuit : NoisyDevice.Native(circuit, options.Profile);
        if (NoisyLaw.Of(written, options.Profile) is { } law)
        {
            var words = ImmutableArray.CreateBuilder<ulong>(shots);
            for (var i = 0; i < shots; i++) words.Add(law.Draw(_shots));
            return Counts.Of(words.MoveToImmutable());
        }

        return new TrajectoryBackend(options.Profile, _shots).RunAsync(written, shots).AsTask().GetAwaiter().GetResult() as Counts ?? Counts.Of([]);
    }
}
