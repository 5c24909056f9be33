using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Qpu.Rehearsing;

/// <summary>A vendor on virtual time: five jobs a minute, a queue, a noisy device, and outages in which nothing answers. Everything follows from the seed.</summary>
internal sealed class VirtualCloud
{
    private readonly RehearsalOptions _options;
    private readonly NoisyDevice _device;
    private readonly Xoshiro _latencies;
    private readonly Dictionary<string, (OpenJob Job, DateTimeOffset Done)> _jobs = [];
    private readonly DateTimeOffset _start;

    internal VirtualCloud(RehearsalOptions options, DateTimeOffset start)
    {
        (_options, _start) = (options, start);
        _device = new NoisyDevice(options.Profile, new Xoshiro(Xoshiro.Derive(options.Seed, 101)));
        _latencies = new Xoshiro(Xoshiro.Derive(options.Seed, 102));
        Device = new DeviceProfile("rehearsal", options.Profile.Name, 20)
        {
            MostCircuits = 100, MostShots = 4096, JobsAMinute = 5, JobsOpen = 3, Recovery = Recovery.Find, ReadsInTheMiddle = true, KnownNoise = options.Profile,
            // A fee and a price a shot, as the cheapest gate-model devices asked in 2025.
            Pricing = new Pricing(AJob: .3m, AShot: .0009m),
        };
    }

    internal DeviceProfile Device { get; }

    /// <summary>The exact law of an edition on the device.</summary>
    internal ImmutableArray<double> LawOf(ClassSpec spec) => _device.LawOf(spec);

    internal BackendReply Answer(OpenJob job, DateTimeOffset now)
    {
        if (IsOut(now)) return new Late();
        var name = $"job-{job.Tag}";
        switch (job.Step)
        {
            case JobStep.Submit:
                _jobs[name] = (job, now + Latency());
                return new Accepted(name);
            case JobStep.Find:
                return _jobs.ContainsKey(name) ? new Accepted(name) : new Refused("There is no such job.");
            case JobStep.Poll:
                return new Waiting(now >= _jobs[name].Done ? JobState.Done : JobState.Queued);
            case JobStep.Results:
                return new Finished([.. job.Request.Circuits.Select(c => (Counts)_device.RunAsync(c, job.Request.Shots).AsTask().GetAwaiter().GetResult())]);
            default:
                _jobs[name] = (job, DateTimeOffset.MaxValue);
                return new Accepted(name);
        }
    }

    // Evenly over the run, none at its ends.
    private bool IsOut(DateTimeOffset now)
    {
        var (count, length) = _options.Outages;
        for (var i = 1; i <= count; i++)
        {
            var from = _start + (TimeSpan.FromMinutes(_options.Minutes) * i / (count + 1));
            if (now >= from && now < from + length) return true;
        }

        return false;
    }

    private TimeSpan Latency()
    {
        var spread = Math.Log(_options.SlowLatency / _options.MedianLatency) / 1.645;
        var normal = Math.Sqrt(-2 * Math.Log(1 - _latencies.NextDouble())) * Math.Cos(2 * Math.PI * _latencies.NextDouble());
        return _options.MedianLatency * Math.Exp(spread * normal);
    }
}
