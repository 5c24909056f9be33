using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Quantum.Randomness;
using QuantumImprov.Qpu.Fake;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Vendors;

/// <summary>Every adapter against a server of its contract that goes well and goes wrong.</summary>
public sealed class VendorContractTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> VendorNames => [.. Cloud.Devices.Keys];

    public static TheoryData<string> WhoseJobsAreFound => ["ibm", "ionq"];

    private static async Task<Finished> RunAsync(IJobBackend adapter, JobRequest request)
    {
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        Assert.Equal(JobState.Done, Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, Stop)).State);
        return Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop));
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task Results_have_the_law_of_the_device_in_its_own_gates(string vendor)
    {
        // The fake runs what it was sent, in the vendor's dialect; here the same circuit is run without noise.
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { JobsAMinute = 0, Profile = NoiseProfile.Ideal, NewShapes = vendor == "ionq" });
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var request = Cloud.Request(adapter, shots: 4_000);
        var finished = await RunAsync(adapter, request);
        Assert.Equal(request.Circuits.Length, finished.Circuits.Length);
        for (var i = 0; i < finished.Circuits.Length; i++)
        {
            var spec = Cloud.Spec(i + 1);
            var read = finished.Circuits[i].Shots.Select(spec.Read).ToList();
            Assert.Equal(4_000, read.Count);
            ChiSquare.AssertFollows(spec.IdealLaw.AsSpan(), [.. Enumerable.Range(0, spec.Labels.Length).Select(s => read.Count(r => r.Symbol == s))], 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task A_busy_or_failing_server_is_asked_again(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var request = Cloud.Request(adapter);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        foreach (var fault in new[] { FakeFault.Named["429"], FakeFault.Named["429-after"] with { RetryAfter = "0" }, FakeFault.Named["429-after"] with { RetryAfter = "Fri, 01 Jan 2021 00:00:00 GMT" }, FakeFault.Named["500"], new FakeFault(FaultKind.Status, 2) { Status = 503 } })
        {
            cloud.Fake.Script(fault);
            Assert.Equal(JobState.Done, Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, Stop)).State);
        }

        cloud.Fake.Script(new FakeFault(FaultKind.ResetBefore, 2));
        Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop));
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task A_job_that_was_refused_for_now_was_not_taken(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        cloud.Fake.Script(new FakeFault(FaultKind.Status, 100) { Status = 429 });
        Assert.Contains("no more requests", Assert.IsType<Refused>(await adapter.SubmitAsync(Cloud.Request(adapter), Stop)).Reason, StringComparison.Ordinal);
        Assert.Empty(cloud.Fake.Jobs);
    }

    [Theory]
    [MemberData(nameof(WhoseJobsAreFound))]
    public async Task After_a_lost_answer_the_job_is_found_by_its_tag_and_is_there_once(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var request = Cloud.Request(adapter, "qimprov-lost");
        cloud.Fake.Script(new FakeFault(FaultKind.ResetAfter, 1, "POST", "/jobs"));
        Assert.IsType<Late>(await adapter.SubmitAsync(request, Stop));
        var found = Assert.IsType<Accepted>(await adapter.FindAsync("qimprov-lost", Stop));
        Assert.IsType<Finished>(await adapter.ResultsAsync(found.Job, request, Stop));
        Assert.Single(cloud.Fake.Jobs);
        Assert.IsType<Refused>(await adapter.FindAsync("qimprov-never", Stop));
        cloud.Fake.IsGone = true;
        Assert.IsType<Late>(await adapter.FindAsync("qimprov-lost", Stop));
    }

    [Theory]
    [InlineData("braket", "quantum-task")]
    [InlineData("azure", "/jobs/")]
    public async Task Where_the_name_is_ours_the_same_job_is_sent_again_and_is_there_once(string vendor, string path)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Equal(Recovery.Repeat, adapter.Device.Recovery);
        var request = Cloud.Request(adapter, "qimprov-again");
        cloud.Fake.Script(new FakeFault(FaultKind.ResetAfter, 100, Path: path));
        Assert.IsType<Late>(await adapter.SubmitAsync(request, Stop));
        cloud.Fake.Forgive();
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop));
        Assert.Single(cloud.Fake.Jobs);
    }

    [Theory]
    [InlineData("iqm")]
    [InlineData("qbraid")]
    public async Task Where_jobs_cannot_be_found_a_lost_answer_is_late_and_nothing_is_sent_twice(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        Assert.Equal(Recovery.None, adapter.Device.Recovery);
        cloud.Fake.Script(new FakeFault(FaultKind.ResetAfter, 1, "POST", "/jobs"));
        Assert.IsType<Late>(await adapter.SubmitAsync(Cloud.Request(adapter), Stop));
        Assert.Single(cloud.Fake.Jobs);
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task Answers_that_are_malformed_torn_short_or_lies_are_refused_or_late_and_never_believed(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var request = Cloud.Request(adapter);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        foreach (var fault in new[] { new FakeFault(FaultKind.Malformed, 100, "GET"), new FakeFault(FaultKind.Truncated, 100, "GET"), new FakeFault(FaultKind.TooFew, 100), new FakeFault(FaultKind.Lying, 100) })
        {
            cloud.Fake.Forgive();
            cloud.Fake.Script(fault);
            var reply = await adapter.ResultsAsync(accepted.Job, request, Stop);
            // A bit that no circuit has cannot be said in a row of as many columns as were measured.
            if (fault.Kind == FaultKind.Lying && vendor is "braket" or "iqm") continue;
            Assert.True(reply is Refused or Late, $"{fault.Kind} gave {reply}");
        }

        cloud.Fake.Forgive();
        Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop));
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task A_state_nobody_knows_is_no_end(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(Cloud.Request(adapter), Stop));
        cloud.Fake.Script(FakeFault.Named["unknown-state"] with { Times = 1 });
        Assert.Equal(JobState.Unknown, Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, Stop)).State);
        Assert.Equal(JobState.Done, Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, Stop)).State);
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task A_job_in_the_queue_is_called_off_and_one_that_has_ended_is_not(string vendor)
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { JobsAMinute = 0, Latency = FakeLatency.Never });
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(Cloud.Request(adapter), Stop));
        Assert.Equal(JobState.Queued, Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, Stop)).State);
        Assert.IsType<Accepted>(await adapter.CancelAsync(accepted.Job, Stop));
        Assert.Equal(JobState.Cancelled, Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, Stop)).State);
        Assert.IsType<Refused>(await adapter.CancelAsync(accepted.Job, Stop));
        Assert.IsType<Refused>(await adapter.PollAsync("no-such-job", Stop));
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task A_wrong_key_is_refused_in_one_sentence(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var wrong = new QuantumImprov.Qpu.Secrets.SecretSource(name => cloud.Fake.Variables.GetValueOrDefault(name)?.Replace(Cloud.Key, "another-key-000000", StringComparison.Ordinal), new QuantumImprov.Qpu.Secrets.Redactor());
        var adapter = cloud.Adapter(vendor, options: cloud.Options with { Secrets = wrong });
        using var held = adapter as IDisposable;
        var reply = await adapter.SubmitAsync(Cloud.Request(adapter), Stop);
        // Braket's fake checks the form of a signature only: the signature itself is checked against the official vectors.
        if (vendor == "braket") return;
        var reason = Assert.IsType<Refused>(reply).Reason;
        Assert.DoesNotContain("another-key-000000", reason, StringComparison.Ordinal);
        Assert.Empty(cloud.Fake.Jobs);
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task A_server_that_is_gone_makes_everything_late_or_refused_and_nothing_throws(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var request = Cloud.Request(adapter);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        cloud.Fake.IsGone = true;
        Assert.IsType<Late>(await adapter.PollAsync(accepted.Job, Stop));
        Assert.IsType<Late>(await adapter.ResultsAsync(accepted.Job, request, Stop));
        Assert.IsType<Late>(await adapter.CancelAsync(accepted.Job, Stop));
        Assert.True(await adapter.SubmitAsync(Cloud.Request(adapter, "qimprov-gone"), Stop) is Late or Refused);
    }

    [Theory]
    [MemberData(nameof(VendorNames))]
    public async Task A_request_that_no_device_could_run_is_refused_before_anything_is_sent(string vendor)
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter(vendor);
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var sent = cloud.Fake.Requests;
        var circuit = Cloud.Asymmetric(0, 1, 2);
        Assert.Contains("shots", Assert.IsType<Refused>(await adapter.SubmitAsync(new JobRequest("t", [circuit], 0), Stop)).Reason, StringComparison.Ordinal);
        Assert.Contains("circuits", Assert.IsType<Refused>(await adapter.SubmitAsync(new JobRequest("t", [.. Enumerable.Repeat(circuit, 1_000)], 1), Stop)).Reason, StringComparison.Ordinal);
        var wide = new QuantumImprov.Quantum.Circuits.CircuitBuilder(60, 1).H(59).Measure(59, 0).Build();
        if (adapter.Device.Qubits < 60) Assert.Contains("qubits", Assert.IsType<Refused>(await adapter.SubmitAsync(new JobRequest("t", [wide], 1), Stop)).Reason, StringComparison.Ordinal);
        Assert.Equal(sent, cloud.Fake.Requests);
    }

    [Fact]
    public async Task A_single_run_waits_for_its_job_and_gives_counts()
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter("ibm");
        using var held = adapter as IDisposable;
        var counts = Assert.IsType<Counts>(await adapter.RunAsync(Cloud.Asymmetric(0, 1, 2), 200, Stop));
        Assert.InRange(counts.ByBits[1], 150, 200);
        var device = new NoisyDevice(NoiseProfile.Ideal, new Xoshiro(1));
        var jobs = new ImmediateJobs(device, new DeviceProfile("local", "noisy:ideal", 20) { IsSimulator = true, MostCircuits = 10 });
        var request = Cloud.Request(jobs);
        var accepted = Assert.IsType<Accepted>(await jobs.SubmitAsync(request, Stop));
        Assert.Equal(JobState.Done, Assert.IsType<Waiting>(await jobs.PollAsync(accepted.Job, Stop)).State);
        Assert.Equal(3, Assert.IsType<Finished>(await jobs.ResultsAsync(accepted.Job, request, Stop)).Circuits.Length);
        Assert.IsType<Refused>(await jobs.ResultsAsync(accepted.Job, request, Stop));
    }
}
