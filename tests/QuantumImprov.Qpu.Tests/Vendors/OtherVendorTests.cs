using Microsoft.Extensions.Time.Testing;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Noise;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Qpu.Vendors;
using QuantumImprov.Qpu.Vendors.Azure;
using QuantumImprov.Qpu.Vendors.Braket;
using QuantumImprov.Qpu.Vendors.IonQ;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Vendors;

public sealed class OtherVendorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clock_that_is_off_is_set_by_the_servers_date()
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { ClockSkew = TimeSpan.FromMinutes(40) });
        using var adapter = (BraketBackend)cloud.Adapter("braket");
        var request = Cloud.Request(adapter);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop));
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData(">2000", 2000)]
    [InlineData("0 (3 prioritized job(s) running)", 0)]
    [InlineData("None", null)]
    [InlineData(null, null)]
    public void A_queue_of_Braket_is_told_in_words(string? text, int? number) => Assert.Equal(number, BraketBackend.LeadingNumber(text));

    [Fact]
    public void A_program_set_with_a_failed_part_keeps_the_others()
    {
        using var document = System.Text.Json.JsonDocument.Parse("""{"programResults":[{"executableResults":[{"measurements":[[1,0]],"measuredQubits":[0,1]},{"failureMetadata":{"failureReason":"no","retryable":true,"category":"DEVICE"}}]}]}""");
        var parts = BraketResults.Executables(document.RootElement);
        Assert.Equal(2, parts.Count);
        Assert.NotNull(parts[0]);
        Assert.Null(parts[1]);
    }

    [Fact]
    public void Braket_is_written_in_its_own_words_and_every_qubit_is_used()
    {
        var circuit = new CircuitBuilder(3, 2).H(0).CX(0, 1).Gate("sx", 1).Gate("sdg", 0).Gate("p", [.5], [1]).Measure(0, 1).Measure(1, 0).Build();
        var (source, columns) = BraketProgram.Write(circuit);
        Assert.Equal("OPENQASM 3.0; qubit[3] q; bit[2] b; i q[2]; h q[0]; cnot q[0], q[1]; v q[1]; si q[0]; phaseshift(0.5) q[1]; b[1] = measure q[0]; b[0] = measure q[1];", source);
        Assert.Equal([1, 0, -1], columns);
    }

    [Fact]
    public void An_Azure_job_has_the_same_id_whenever_it_is_sent()
    {
        Assert.Equal(AzureBackend.Id("qimprov-1"), AzureBackend.Id("qimprov-1"));
        Assert.NotEqual(AzureBackend.Id("qimprov-1"), AzureBackend.Id("qimprov-2"));
        Assert.True(Guid.TryParse(AzureBackend.Id("qimprov-1"), out _));
    }

    [Fact]
    public async Task The_price_of_an_IonQ_job_is_what_IonQ_says_and_never_less_than_its_least()
    {
        await using var cloud = await Cloud.StartAsync();
        using var adapter = (IonQBackend)cloud.Adapter("ionq");
        // Before it was asked nothing is taken for cheap.
        Assert.Equal(100, adapter.Device.Pricing.Of(Cloud.Request(adapter)));
        Assert.Null(await adapter.DescribeAsync(Stop));
        Assert.InRange(adapter.Device.Pricing.Of(Cloud.Request(adapter, shots: 1)), 1, 1.01m);
        Assert.True(adapter.Device.Pricing.Of(Cloud.Request(adapter, shots: 5_000)) > 1.5m);
    }

    [Fact]
    public async Task A_noise_model_of_IonQ_is_asked_for_by_a_plus()
    {
        await using var cloud = await Cloud.StartAsync();
        using var adapter = (IonQBackend)cloud.Adapter("ionq", "simulator+aria-1");
        Assert.Null(await adapter.DescribeAsync(Stop));
        Assert.True(adapter.Device.IsSimulator && adapter.Device.Pricing.IsFree);
        var request = Cloud.Request(adapter);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop));
        Assert.Contains(cloud.Written, line => line.Contains("\"model\":\"aria-1\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_device_is_refused_with_those_there_are()
    {
        await using var cloud = await Cloud.StartAsync();
        using var adapter = (IonQBackend)cloud.Adapter("ionq", "qpu.nowhere");
        Assert.Contains("qpu.forte-1", Assert.IsType<Refused>(await adapter.DescribeAsync(Stop)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("turns")]
    [InlineData("radians")]
    public async Task IQM_is_spoken_to_in_either_dialect(string dialect)
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { Profile = NoiseProfile.Ideal });
        var secrets = new QuantumImprov.Qpu.Secrets.SecretSource(name => name == "QUANTUMIMPROV_IQM_DIALECT" ? dialect : cloud.Fake.Variables.GetValueOrDefault(name), new QuantumImprov.Qpu.Secrets.Redactor());
        var adapter = cloud.Adapter("iqm", options: cloud.Options with { Secrets = secrets });
        using var held = adapter as IDisposable;
        var request = new JobRequest("qimprov-dialect", [Cloud.Asymmetric(0, 1, 2)], 50);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        Assert.Equal(50, Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop)).Circuits[0].ByBits[1]);
        Assert.Contains(cloud.Written, line => line.Contains(dialect == "turns" ? "angle_t" : "\"angle\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Results_of_qBraid_that_are_not_ready_are_late()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { Time = time, Latency = FakeLatency.Fixed(TimeSpan.FromSeconds(12)) });
        var adapter = cloud.Adapter("qbraid");
        using var held = adapter as IDisposable;
        var request = Cloud.Request(adapter);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        Assert.IsType<Late>(await adapter.ResultsAsync(accepted.Job, request, Stop));
        time.Advance(TimeSpan.FromSeconds(13));
        Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop));
    }

    [Fact]
    public async Task Jobs_that_end_in_another_order_are_told_apart()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { Time = time, JobsAMinute = 0, Latency = FakeLatency.Backwards(TimeSpan.FromSeconds(60)), Profile = NoiseProfile.Ideal });
        var adapter = cloud.Adapter("ibm");
        using var held = adapter as IDisposable;
        Assert.Null(await adapter.DescribeAsync(Stop));
        var requests = Enumerable.Range(0, 3).Select(q => new JobRequest($"qimprov-{q}", [Cloud.Flipped(q, 0, 1, 2)], 10)).ToList();
        var jobs = new List<string>();
        foreach (var request in requests) jobs.Add(Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop)).Job);
        time.Advance(TimeSpan.FromSeconds(25));
        var done = await Task.WhenAll(jobs.Select(async j => await adapter.PollAsync(j, Stop) is Waiting { State: JobState.Done }));
        Assert.Equal([false, false, true], done);
        Assert.Equal(10, Assert.IsType<Finished>(await adapter.ResultsAsync(jobs[2], requests[2], Stop)).Circuits[0].ByBits[4]);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(10, Assert.IsType<Finished>(await adapter.ResultsAsync(jobs[0], requests[0], Stop)).Circuits[0].ByBits[1]);
    }

    [Fact]
    public void A_key_that_is_not_set_is_named()
    {
        var none = new QuantumImprov.Qpu.Wire.WireOptions { Secrets = new QuantumImprov.Qpu.Secrets.SecretSource(_ => null, new QuantumImprov.Qpu.Secrets.Redactor()) };
        foreach (var vendor in VendorTable.All.Where(v => v.Variables.Length > 0))
            Assert.Contains(vendor.Variables[0], Assert.Throws<QpuException>(() => vendor.Create(none, null)).Message, StringComparison.Ordinal);
    }
}
