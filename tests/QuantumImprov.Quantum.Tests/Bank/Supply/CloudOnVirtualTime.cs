using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Bank;
using QuantumImprov.Quantum.Bank.Supply;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;

namespace QuantumImprov.Quantum.Tests.Bank.Supply;

/// <summary>A cloud that answers at once with what would be so at this instant, and a provisioner that is driven through seconds without waiting for them.</summary>
internal sealed class CloudOnVirtualTime
{
    private readonly Dictionary<string, (OpenJob Job, DateTimeOffset Done)> _jobs = [];
    private readonly NoisyDevice _device = new(NoiseProfile.Ideal, new Xoshiro(1));

    internal CloudOnVirtualTime(decimal budget, DeviceProfile? device = null, SupplyOptions? options = null)
    {
        Money = new PlayMoney(budget);
        Provisioner = new Provisioner(device ?? Device, Money, options ?? new SupplyOptions { TagPrefix = "run" });
        for (var c = 0; c < 6; c++) Bank.Install(Specs.Random((ulong)c, c));
    }

    internal static DeviceProfile Device { get; } = new("test", "virtual", 20)
    {
        MostCircuits = 40, MostShots = 4096, JobsAMinute = 5, Recovery = Recovery.Find, Pricing = new Pricing(AJob: 1, AShot: .001m),
    };

    internal PlayMoney Money { get; }

    internal Provisioner Provisioner { get; }

    internal ShotBank Bank { get; } = new();

    internal DateTimeOffset Now { get; private set; } = Specs.Noon;

    internal TimeSpan Latency { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>What happens instead of the usual; null: the usual.</summary>
    internal Func<OpenJob, BackendReply?> Fault { get; set; } = _ => null;

    internal List<(JobStep Step, DateTimeOffset At, string Tag)> Asked { get; } = [];

    internal IReadOnlyCollection<string> Taken => [.. _jobs.Keys];

    internal double Rate { get; set; } = 10;

    internal IReadOnlyList<ClassView> Classes => [.. Enumerable.Range(0, 6).Select(c => new ClassView(Bank.Current(c)!, Bank.Level(c), Rate, Bank.CalibrationOf(c, "virtual")))];

    internal void Run(TimeSpan time, Func<bool>? until = null)
    {
        for (var end = Now + time; Now < end && until?.Invoke() != true; Now += TimeSpan.FromSeconds(.25))
        {
            foreach (var job in Provisioner.Turn(Classes, Now))
            {
                Asked.Add((job.Step, Now, job.Tag));
                foreach (var batch in Provisioner.Took(job, Fault(job) ?? Usual(job), Now)) Bank.Deposit(batch);
            }
        }
    }

    /// <summary>The job is taken, whatever its sender hears.</summary>
    internal void TakeSilently(OpenJob job) => _jobs["job-" + job.Tag] = (job, Now + Latency);

    private BackendReply Usual(OpenJob job)
    {
        var name = "job-" + job.Tag;
        switch (job.Step)
        {
            case JobStep.Submit:
                TakeSilently(job);
                return new Accepted(name);
            case JobStep.Find:
                return _jobs.ContainsKey(name) ? new Accepted(name) : new Refused("There is no such job.");
            case JobStep.Cancel:
                _jobs[name] = (job, DateTimeOffset.MaxValue);
                return new Accepted(name);
            case JobStep.Results:
                return new Finished([.. job.Request.Circuits.Select(c => (Counts)_device.RunAsync(c, job.Request.Shots).AsTask().Result)]);
            default:
                return new Waiting(_jobs[name].Done == DateTimeOffset.MaxValue ? JobState.Cancelled : Now >= _jobs[name].Done ? JobState.Done : JobState.Queued);
        }
    }
}
