using System.Collections.Immutable;
using QuantumImprov.Quantum.Backends;

namespace QuantumImprov.Quantum.Bank.Supply;

/// <summary>
/// Keeps a bank supplied by one device: plans jobs, reserves their price, and says step by step what is to be asked of the backend and when. It asks nothing itself and has no clock, so that live and on virtual time the same is done:
/// call <see cref="Turn"/>, do the steps it returns, tell it the replies by <see cref="Took"/>. [worker]
/// </summary>
public sealed class Provisioner
{
    /// <summary>After so many jobs in a row that were paid for in vain no more are sent.</summary>
    public const int MostInVain = 3;

    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(.5), SlowestPoll = TimeSpan.FromSeconds(30), OverduePoll = TimeSpan.FromMinutes(2), LongestBackOff = TimeSpan.FromMinutes(2);

    private readonly IJobLedger _ledger;
    private readonly SupplyOptions _options;
    private readonly List<OpenJob> _open = [];
    private readonly Queue<DateTimeOffset> _sent = new();
    private DateTimeOffset _notBefore;
    private int _failures, _inVain, _number;

    /// <summary>A supply from <paramref name="device"/>.</summary>
    /// <param name="device">Where jobs go.</param>
    /// <param name="ledger">Where money is reserved.</param>
    /// <param name="options">How it is supplied.</param>
    public Provisioner(DeviceProfile device, IJobLedger ledger, SupplyOptions options)
    {
        (Device, _ledger, _options) = (device, ledger, options);
        Latency = new LatencyRecord(options.ExpectedLatency, options.ExpectedSlow);
    }

    /// <summary>Where jobs go.</summary>
    public DeviceProfile Device { get; set; }

    /// <summary>How long jobs take.</summary>
    public LatencyRecord Latency { get; }

    /// <summary>Jobs that have not ended.</summary>
    public IReadOnlyList<OpenJob> Open => _open;

    /// <summary>The exact law of an edition's kept shots, where the device is simulated and it is known; null: laws are measured.</summary>
    public Func<ClassSpec, ImmutableArray<double>>? KnownLaw { get; init; }

    /// <summary>Told of each batch before its job is closed, so that what is to be kept is kept when the ledger says that the job is done; null: nobody is.</summary>
    public Action<ShotBatch>? Arrived { get; init; }

    /// <summary>Whether jobs are sent; calling off and harvesting go on without.</summary>
    public bool IsOrdering { get; set; } = true;

    /// <summary>What last went wrong, in one sentence; null when the last job went well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How long the stock is to last as things stand.</summary>
    public TimeSpan Depth => _options.Target ?? Refill.Depth(Latency, Device, _options.LeastDepth);

    /// <summary>Takes over a job of a former run, to harvest it.</summary>
    public void Adopt(OpenJob job, DateTimeOffset now)
    {
        (job.Step, job.Due) = (job.Job is null ? Device.Recovery == Recovery.Repeat ? JobStep.Submit : JobStep.Find : JobStep.Poll, now);
        _open.Add(job);
    }

    /// <summary>Everything that is due at <paramref name="now"/>; each is to be done once and answered by <see cref="Took"/>.</summary>
    public ImmutableArray<OpenJob> Turn(IReadOnlyList<ClassView> classes, DateTimeOffset now)
    {
        if (IsOrdering) Order(classes, now);
        var due = _open.Where(j => j.Due <= now).ToImmutableArray();
        // Not again before the answer.
        foreach (var job in due) job.Due = DateTimeOffset.MaxValue;
        return due;
    }

    /// <summary>When the next step is due at the latest; jobs may be worth ordering sooner.</summary>
    public DateTimeOffset NextDue => _open.Count == 0 ? DateTimeOffset.MaxValue : _open.Min(j => j.Due);

    /// <summary>Calls off everything that is open and was not called off before, as far as that is possible; a job whose answer is awaited, when it is called again after that.</summary>
    public void CallOff(DateTimeOffset now)
    {
        IsOrdering = false;
        foreach (var job in _open.Where(j => j is { Job: not null, Step: JobStep.Poll, IsOverdue: false } && j.Due != DateTimeOffset.MaxValue)) (job.Step, job.Due, job.Attempts) = (JobStep.Cancel, now, 0);
    }

    /// <summary>The reply to a step; the batches that came with it, else none.</summary>
    /// <param name="job">Whose step.</param>
    /// <param name="reply">What the backend said.</param>
    /// <param name="now">When.</param>
    public ImmutableArray<ShotBatch> Took(OpenJob job, BackendReply reply, DateTimeOffset now)
    {
        job.Due = now;
        switch (job.Step, reply)
        {
            case (JobStep.Submit or JobStep.Find, Accepted accepted):
                job.Job = accepted.Job;
                _ledger.Identify(job.Tag, accepted.Job);
                GoOn(job, JobStep.Poll, now + FirstPoll);
                break;
            case (JobStep.Submit, Late):
                Lost(job, now);
                break;
            case (JobStep.Find, Refused):
                // It was never taken; the stock decides whether something like it is sent again.
                Close(job, 0, "never arrived", now);
                break;
            case (JobStep.Submit, Refused refused):
                Fail(refused.Reason, now);
                Close(job, 0, "refused", now);
                break;
            case (JobStep.Poll, Waiting waiting):
                job.State = waiting.State;
                if (waiting.State == JobState.Done) GoOn(job, JobStep.Results, now);
                else if (waiting.State is JobState.Failed or JobState.Cancelled) End(job, waiting, now);
                else AskLater(job, waiting.Expected, now);
                break;
            case (JobStep.Poll or JobStep.Results, Refused refused):
                Fail(refused.Reason, now);
                Forfeit(job, "lost", now);
                break;
            case (JobStep.Results, Finished finished):
                return Harvest(job, finished, now);
            case (JobStep.Cancel, Accepted):
                GoOn(job, JobStep.Poll, now + FirstPoll);
                job.IsOverdue = true;
                break;
            case (JobStep.Cancel, Refused):
                // It runs on, or has just ended; what it brings is kept.
                job.IsOverdue = true;
                GoOn(job, JobStep.Poll, now + FirstPoll);
                break;
            default:
                job.Attempts++;
                job.Due = now + BackOff(job.Attempts);
                break;
        }

        return [];
    }

    private void Order(IReadOnlyList<ClassView> classes, DateTimeOffset now)
    {
        while (_sent.TryPeek(out var first) && now - first >= TimeSpan.FromMinutes(1)) _sent.Dequeue();
        if (now < _notBefore || !Device.IsOnline || _sent.Count >= Device.JobsAMinute || _open.Count(j => !j.IsOverdue) >= Math.Min(Device.JobsOpen, _options.JobsOpen)) return;
        var underWay = new Dictionary<int, int>();
        foreach (var job in _open.Where(j => !j.IsOverdue))
        {
            foreach (var spec in job.Plan.Circuits) underWay[spec.Class] = underWay.GetValueOrDefault(spec.Class) + job.Plan.Shots;
        }

        if (Refill.Plan(classes, underWay, Depth, Device, _ledger.Left(Device.Pricing.Currency, now)) is not { } plan) return;
        var tag = $"{_options.TagPrefix}-{_number++}";
        var ordered = new OpenJob(tag, Device, plan, Device.Pricing.Of(plan.ToRequest(tag))) { SentAt = now, Due = now };
        if (!_ledger.TryReserve(ordered, now))
        {
            Fail("The budget does not reach for another job.", now);
            return;
        }

        _sent.Enqueue(now);
        _open.Add(ordered);
    }

    private ImmutableArray<ShotBatch> Harvest(OpenJob job, Finished finished, DateTimeOffset now)
    {
        if (finished.Circuits.Length != job.Plan.Circuits.Length)
        {
            Fail($"The job {job.Job} brought results of {finished.Circuits.Length} circuits; {job.Plan.Circuits.Length} were sent.", now);
            Forfeit(job, "wrong results", now);
            return [];
        }

        if (!job.IsOverdue) Latency.Add(now - job.SentAt);
        (_failures, _inVain, Trouble) = (0, 0, null);
        ImmutableArray<ShotBatch> batches = [.. finished.Circuits.Select((counts, i) => new ShotBatch(job.Plan.Circuits[i], Device.IsSimulator ? "local" : job.Vendor, job.Device, job.Job ?? job.Tag, now, counts.Shots) { Circuit = i, KnownLaw = KnownLaw is null ? [] : KnownLaw(job.Plan.Circuits[i]) })];
        foreach (var batch in batches) Arrived?.Invoke(batch);
        Close(job, finished.Cost ?? job.Price, "done", now);
        return batches;
    }

    // Paid for, and nothing came of it. Whatever is wrong would be wrong with the next job too.
    private void Forfeit(OpenJob job, string outcome, DateTimeOffset now)
    {
        Close(job, job.Price, outcome, now);
        if (job.Price == 0 || ++_inVain < MostInVain) return;
        IsOrdering = false;
        Trouble = $"{_inVain} jobs in a row were paid for and brought nothing; no more are sent. {Trouble}";
    }

    // Nobody knows whether it was taken.
    private void Lost(OpenJob job, DateTimeOffset now)
    {
        Fail($"The answer to the job {job.Tag} was lost.", now);
        switch (Device.Recovery)
        {
            case Recovery.Find:
                GoOn(job, JobStep.Find, now + FirstPoll);
                break;
            case Recovery.Repeat:
                job.Attempts++;
                job.Due = now + BackOff(job.Attempts);
                break;
            default:
                Close(job, job.Price, "booked as spent", now);
                break;
        }
    }

    private void End(OpenJob job, Waiting waiting, DateTimeOffset now)
    {
        if (waiting.State == JobState.Failed) Fail(waiting.Remark.Length > 0 ? $"The job {job.Job} failed: {waiting.Remark}" : $"The job {job.Job} failed.", now);
        // What a failed job costs nobody says beforehand: it is booked as reserved. One that was called off before it ran costs nothing.
        Close(job, waiting.State == JobState.Failed ? job.Price : 0, waiting.State == JobState.Failed ? "failed" : "cancelled", now);
    }

    private void AskLater(OpenJob job, TimeSpan? expected, DateTimeOffset now)
    {
        job.Attempts++;
        var age = now - job.SentAt;
        var limit = TimeSpan.FromTicks(Math.Max(_options.LongestWait.Ticks, 4 * Latency.Slow.Ticks));
        if (!job.IsOverdue && age > limit)
        {
            Fail($"The job {job.Job} has not come for {age.TotalSeconds:0} s; it is called off.", now);
            GoOn(job, JobStep.Cancel, now);
            return;
        }

        var pause = job.IsOverdue ? OverduePoll : TimeSpan.FromSeconds(Math.Min(SlowestPoll.TotalSeconds, FirstPoll.TotalSeconds * Math.Pow(1.5, Math.Min(job.Attempts, 20))));
        // Near the time jobs usually take it is worth asking often.
        if (!job.IsOverdue && age < Latency.Slow && pause > TimeSpan.FromSeconds(3)) pause = TimeSpan.FromSeconds(3);
        if (expected is { } wait && wait > pause) pause = wait < SlowestPoll ? wait : SlowestPoll;
        job.Due = now + pause;
    }

    private static void GoOn(OpenJob job, JobStep step, DateTimeOffset due) => (job.Step, job.Due, job.Attempts) = (step, due, 0);

    private void Close(OpenJob job, decimal cost, string outcome, DateTimeOffset now)
    {
        job.Step = JobStep.Closed;
        _open.Remove(job);
        _ledger.Settle(job.Tag, cost, outcome, now);
    }

    private void Fail(string sentence, DateTimeOffset now)
    {
        Trouble = sentence;
        _failures++;
        var earliest = now + BackOff(_failures);
        if (earliest > _notBefore) _notBefore = earliest;
    }

    private static TimeSpan BackOff(int attempts) => TimeSpan.FromSeconds(Math.Min(LongestBackOff.TotalSeconds, Math.Pow(2, Math.Min(attempts, 10))));
}
