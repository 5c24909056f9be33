using System.Net;
using System.Net.WebSockets;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

public sealed class StageGateTests : IAsyncLifetime
{
    private StageServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await StageServer.StartAsync(new StageOptions { Port = 0 }, new RecordingSession(), Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string> ForeignHosts => ["evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:PORT", "[::1]:PORT", "0.0.0.0:PORT"];

    public static TheoryData<string> ForeignOrigins =>
        ["http://evil.example", "https://127.0.0.1:PORT", "null", "http://127.0.0.1:1", "http://127.0.0.1", "http://localhost.evil.example:PORT", "file://", "127.0.0.1:PORT", "http://127.0.0.1:PORT/"];

    [Theory, MemberData(nameof(ForeignHosts))]
    public async Task A_foreign_host_is_refused(string host)
    {
        host = Ours(host);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Url + "/") { Headers = { Host = host } };
        using var answer = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(
            $"The Host header is \"{host}\"; allowed is 127.0.0.1:{_server.Port} or localhost:{_server.Port}.", await answer.Content.ReadAsStringAsync(Cancellation));
        await Assert.ThrowsAsync<WebSocketException>(() => StageClient.ConnectAsync(_server, host: host));
        Assert.Equal(2, _server.Counts.Refused);
    }

    [Theory, MemberData(nameof(ForeignOrigins))]
    public async Task A_foreign_origin_is_refused(string origin)
    {
        origin = Ours(origin);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Url + "/");
        request.Headers.TryAddWithoutValidation("Origin", origin);
        using var answer = await http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var e = await Assert.ThrowsAsync<WebSocketException>(() => StageClient.ConnectAsync(_server, origin: origin));
        Assert.Contains("403", e.Message);
        Assert.Equal(2, _server.Counts.Refused);
    }

    [Theory]
    [InlineData("127.0.0.1:PORT", "http://127.0.0.1:PORT")]
    [InlineData("localhost:PORT", "http://localhost:PORT")]
    [InlineData("LOCALHOST:PORT", null)]
    public async Task Our_own_names_come_in(string host, string? origin)
    {
        using var client = await StageClient.ConnectAsync(_server, origin is null ? null : Ours(origin), Ours(host));
        Assert.Equal("hello", (await client.NextAsync("hello")).GetProperty("type").GetString());
        Assert.Equal(0, _server.Counts.Refused);
    }

    private string Ours(string text) => text.Replace("PORT", $"{_server.Port}", StringComparison.Ordinal);
}
