using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Health;
using QuantumImprov.Testing;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

public sealed class StageHealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_and_concert_reach_every_page_once()
    {
        await using var server = await StageServer.StartAsync(new StageOptions { Port = 0 }, new RecordingSession(), Cancellation);
        server.Publish(new StageHealth { Ports = "JACK", Xruns = 2, Heard = [0, 1, 0, 0, 0, 0, 0, 0, 3], Collections = [5, 1, 0] }, new StageConcert { Backend = "ibm_fez", Share = .5, Stocks = [new StageStock(12, .5)] });
        using var one = await StageClient.OpenAsync(server);
        using var two = await StageClient.OpenAsync(server);
        foreach (var page in new[] { one, two })
        {
            var told = await page.NextAsync("health");
            var health = told.GetProperty("health");
            Assert.Equal(LatencyHistogram.Ends.Length, told.GetProperty("ends").GetArrayLength());
            Assert.Equal((2, 3), (health.GetProperty("xruns").GetInt32(), health.GetProperty("heard")[8].GetInt32()));
            Assert.Equal(12, told.GetProperty("concert").GetProperty("stocks")[0].GetProperty("shots").GetInt32());
        }

        server.Publish(new StageHealth { Xruns = 3 }, null);
        var next = await one.NextAsync("health");
        Assert.Equal(3, next.GetProperty("health").GetProperty("xruns").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, next.GetProperty("concert").ValueKind);
    }

    [Fact]
    public void Each_latency_falls_into_the_first_step_that_holds_it_without_garbage()
    {
        var histogram = new LatencyHistogram();
        foreach (var ms in new[] { -1, 0, .5, .51, 1, 3.9, 64, 64.1, 5000 }) histogram.Add((long)(ms * 1e6));
        Assert.Equal([3, 2, 0, 1, 0, 0, 0, 1, 2], histogram.Counts);
        Assert.Equal(0, Allocated.By(() => histogram.Add(7_000_000)));
    }
}
