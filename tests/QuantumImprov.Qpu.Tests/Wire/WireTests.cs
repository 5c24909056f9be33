using QuantumImprov.Quantum.Backends;
using QuantumImprov.Qpu.Fake;
using QuantumImprov.Qpu.Vendors;
using QuantumImprov.Qpu.Wire;
using Xunit;

namespace QuantumImprov.Qpu.Tests.Wire;

public sealed class WireTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://example.com/api")]
    [InlineData("http://192.168.1.5")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("example.com")]
    public void Plain_http_is_for_this_machine_only(string address) => Assert.Throws<QpuException>(() => WireClient.Address(address, "the address"));

    [Theory]
    [InlineData("https://example.com/api/", "https://example.com/api")]
    [InlineData("http://127.0.0.1:5180/x", "http://127.0.0.1:5180/x")]
    [InlineData("http://localhost:5180", "http://localhost:5180/")]
    [InlineData("http://[::1]:5180", "http://[::1]:5180/")]
    public void Https_and_loopback_are_taken(string address, string taken) => Assert.Equal(taken, WireClient.Address(address, "the address").AbsoluteUri);

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read()
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter("ibm", options: cloud.Options with { MostBytes = 100 });
        using var held = adapter as IDisposable;
        Assert.IsType<Late>(await adapter.DescribeAsync(Stop));
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_not_waited_for_an_hour()
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter("ionq");
        using var held = adapter as IDisposable;
        cloud.Fake.Script(new FakeFault(FaultKind.Status, 100) { Status = 429, RetryAfter = "3600" });
        // Answered within the longest pause times the repeats, or this test would not end.
        Assert.IsType<Late>(await adapter.PollAsync("job", Stop));
    }

    [Fact]
    public async Task Redirections_are_not_followed_with_a_key()
    {
        await using var cloud = await Cloud.StartAsync();
        var adapter = cloud.Adapter("ionq");
        using var held = adapter as IDisposable;
        var before = cloud.Fake.Requests;
        cloud.Fake.Script(new FakeFault(FaultKind.Status, 1) { Status = 302 });
        Assert.IsType<Late>(await adapter.PollAsync("job", Stop));
        Assert.Equal(before + 1, cloud.Fake.Requests);
    }

    [Fact]
    public void Every_vendor_has_a_name_that_can_stand_before_a_colon()
    {
        Assert.All(VendorTable.All, v => Assert.Matches("^[a-z]+$", v.Name));
        Assert.Equal(VendorTable.All.Length, VendorTable.All.Select(v => v.Name).Distinct().Count());
        Assert.Same(VendorTable.All[0], VendorTable.Find("ibm"));
        Assert.Null(VendorTable.Find("nobody"));
    }
}
