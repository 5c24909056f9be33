using Microsoft.Extensions.Time.Testing;
using QuantumImprov.Quantum.Backends;
using QuantumImprov.Quantum.Circuits;
using QuantumImprov.Quantum.Circuits.Transpiling;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Qpu.Vendors.Ibm;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Vendors;

public sealed class IbmTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_lasts_and_is_fetched_once_however_many_ask()
    {
        await using var cloud = await Cloud.StartAsync();
        using var adapter = (IbmBackend)cloud.Adapter("ibm");
        Assert.Null(await adapter.DescribeAsync(Stop));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await adapter.PollAsync("nothing", Stop)));
        Assert.Equal(1, cloud.Written.Count(line => line.Contains("/identity/token", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_any_more_is_fetched_anew_once()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { Time = time, JobsAMinute = 0, TokenLife = TimeSpan.FromMinutes(60) });
        using var adapter = (IbmBackend)cloud.Adapter("ibm");
        Assert.Null(await adapter.DescribeAsync(Stop));
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(Cloud.Request(adapter), Stop));
        // Five minutes before its end it is replaced without being told.
        time.Advance(TimeSpan.FromMinutes(56));
        Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, Stop));
        Assert.Equal(2, cloud.Written.Count(line => line.Contains("/identity/token", StringComparison.Ordinal)));
        // Told that it is not valid, once is enough.
        cloud.Fake.Script(FakeFault.Named["401"]);
        Assert.IsType<Waiting>(await adapter.PollAsync(accepted.Job, Stop));
        Assert.Equal(3, cloud.Written.Count(line => line.Contains("/identity/token", StringComparison.Ordinal)));
        cloud.Fake.Script(new FakeFault(FaultKind.Status, 5, "GET") { Status = 401 });
        Assert.IsType<Late>(await adapter.PollAsync(accepted.Job, Stop));
    }

    [Fact]
    public async Task The_sixth_job_of_a_minute_is_refused_with_the_vendors_words()
    {
        await using var cloud = await Cloud.StartAsync(new FakeCloudOptions { JobsAMinute = 5 });
        using var adapter = (IbmBackend)cloud.Adapter("ibm");
        Assert.Null(await adapter.DescribeAsync(Stop));
        for (var i = 0; i < 5; i++) Assert.IsType<Accepted>(await adapter.SubmitAsync(Cloud.Request(adapter, $"qimprov-{i}"), Stop));
        Assert.Contains("1202", Assert.IsType<Refused>(await adapter.SubmitAsync(Cloud.Request(adapter, "qimprov-6"), Stop)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_description_names_gates_pairs_limits_and_the_queue()
    {
        await using var cloud = await Cloud.StartAsync();
        using var adapter = (IbmBackend)cloud.Adapter("ibm");
        Assert.Null(await adapter.DescribeAsync(Stop));
        Assert.Equal(("fake_row", 20, 3, NativeGates.CzRzSxX), (adapter.Device.Name, adapter.Device.Qubits, adapter.Device.Queue, adapter.Device.Gates));
        Assert.Equal("qpu:ibm", adapter.Device.Label);
        Assert.True(adapter.Device is { IsOnline: true, IsSimulator: false, ReadsInTheMiddle: true, JobsAMinute: 5 });
        Assert.Contains(new Coupling(3, 16), adapter.Device.Couplings);
    }

    [Fact]
    public async Task What_a_job_cost_is_what_its_seconds_on_the_device_cost()
    {
        await using var cloud = await Cloud.StartAsync();
        using var adapter = (IbmBackend)cloud.Adapter("ibm");
        Assert.Null(await adapter.DescribeAsync(Stop));
        var request = Cloud.Request(adapter, shots: 1_000);
        var accepted = Assert.IsType<Accepted>(await adapter.SubmitAsync(request, Stop));
        var cost = Assert.IsType<Finished>(await adapter.ResultsAsync(accepted.Job, request, Stop)).Cost;
        Assert.Equal(1.6m * 1.78m, cost);
        Assert.True(cost <= adapter.Device.Pricing.Of(request));
    }

    [Fact]
    public void A_program_is_ISA_physical_qubits_native_gates_plain_numbers()
    {
        var circuit = new CircuitBuilder(3, 3).H(0).CX(0, 1).RY(1e-5, 2).CX(1, 2).MeasureAll().Build();
        var couplings = new HashSet<Coupling> { new(7, 8), new(8, 7), new(8, 9), new(9, 8) };
        var text = IsaProgram.Write(circuit, NativeGates.CzRzSxX, [7, 8, 9], couplings);
        Assert.StartsWith("OPENQASM 3.0; include \"stdgates.inc\"; bit[3] c;", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[eE][-+]\d", text);
        Assert.DoesNotContain("id ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("qubit", text, StringComparison.Ordinal);
        Assert.All(text.Split(';').Skip(3).Where(s => s.Trim().Length > 0), s => Assert.Matches(@"^\s*(rz\([-0-9.]+\)|sx|x|cz|c\[\d\] = measure)\s+\$[789](,\$[789])?$", s));
    }

    [Fact]
    public void On_directed_pairs_every_ecr_goes_the_way_there_is()
    {
        var circuit = new CircuitBuilder(3, 3).H(0).CX(0, 1).CX(2, 1).CX(1, 0).MeasureAll().Build();
        var couplings = new HashSet<Coupling> { new(5, 4), new(5, 6) };
        var text = IsaProgram.Write(circuit, NativeGates.EcrRzSxX, [4, 5, 6], couplings);
        var pairs = System.Text.RegularExpressions.Regex.Matches(text, @"ecr \$(\d),\$(\d)").Select(m => (m.Groups[1].Value, m.Groups[2].Value)).ToList();
        Assert.NotEmpty(pairs);
        Assert.All(pairs, p => Assert.Contains(p, new[] { ("5", "4"), ("5", "6") }));
    }

    [Fact]
    public void A_row_avoids_what_is_out_of_order_and_prefers_what_errs_less()
    {
        List<Coupling> line = [.. Enumerable.Range(0, 9).Select(q => new Coupling(q, q + 1))];
        Assert.Equal(5, LinePlacing.Find(5, 10, line, new Dictionary<(int, int), double>(), new Dictionary<int, double>())!.Length);
        var broken = LinePlacing.Find(5, 10, line, new Dictionary<(int, int), double> { [(4, 5)] = 1 }, new Dictionary<int, double>());
        Assert.True(broken!.All(q => q <= 4) || broken!.All(q => q >= 5));
        var bad = LinePlacing.Find(4, 10, line, new Dictionary<(int, int), double>(), new Dictionary<int, double> { [3] = .6 });
        Assert.DoesNotContain(3, bad!);
        var best = LinePlacing.Find(3, 10, line, new Dictionary<(int, int), double> { [(6, 7)] = .001, [(7, 8)] = .001 }, new Dictionary<int, double>());
        Assert.Equal([6, 7, 8], best!.Order());
        Assert.Null(LinePlacing.Find(11, 10, line, new Dictionary<(int, int), double>(), new Dictionary<int, double>()));
    }

    [Fact]
    public void On_a_device_of_156_qubits_fourteen_in_a_row_are_found()
    {
        // Heavy hexagons: rows of 16, joined by single qubits.
        var couplings = new List<Coupling>();
        for (var row = 0; row < 8; row++)
        {
            for (var q = 0; q < 15; q++) couplings.Add(new Coupling((row * 20) + q, (row * 20) + q + 1));
            for (var bridge = 0; bridge < 4 && row < 7; bridge++)
            {
                couplings.Add(new Coupling((row * 20) + (4 * bridge) + (row % 2 == 0 ? 3 : 1), (row * 20) + 16 + bridge));
                couplings.Add(new Coupling((row * 20) + 16 + bridge, ((row + 1) * 20) + (4 * bridge) + (row % 2 == 0 ? 3 : 1)));
            }
        }

        var found = LinePlacing.Find(14, 156, couplings, new Dictionary<(int, int), double>(), new Dictionary<int, double>());
        Assert.NotNull(found);
        Assert.Equal(14, found.Distinct().Count());
        for (var i = 1; i < 14; i++) Assert.Contains(couplings, c => (c.From, c.To) == (found[i - 1], found[i]) || (c.To, c.From) == (found[i - 1], found[i]));
    }
}
