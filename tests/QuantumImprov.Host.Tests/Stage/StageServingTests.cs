using System.Net;
using System.Net.Sockets;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

public sealed class StageServingTests
{
    private static readonly StageOptions AnyPort = new() { Port = 0 };
    private readonly RecordingSession _session = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_and_everything_it_names_is_served()
    {
        await using var server = await StageServer.StartAsync(AnyPort, _session, Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };

        var page = await http.GetStringAsync("/", Cancellation);
        var weight = page.Length;
        foreach (var (name, type) in new[] { ("stage.css", "text/css"), ("panels.css", "text/css"), ("icon.svg", "image/svg+xml") }) weight += await WeighAsync(http, name, type);
        var modules = new Queue<string>(["main.js"]);
        var seen = new HashSet<string>(modules);
        while (modules.TryDequeue(out var module))
        {
            weight += await WeighAsync(http, module, "text/javascript");
            var text = await http.GetStringAsync("/" + module, Cancellation);
            foreach (var line in text.Split('\n').Where(line => line.StartsWith("import ", StringComparison.Ordinal)))
            {
                var import = new Uri(new Uri($"http://page/{module}"), line.Split('\'')[1]).AbsolutePath[1..];
                if (seen.Add(import)) modules.Enqueue(import);
            }
        }

        Assert.Contains("<canvas id=\"roll\"", page);
        Assert.Contains("sound/sound.js", seen);
        Assert.InRange(weight, 10_000, 300_000);
        Assert.DoesNotContain("https://", page);
    }

    [Fact]
    public async Task A_taken_port_moves_on_to_the_next_free_one()
    {
        await using var first = await StageServer.StartAsync(AnyPort, _session, Cancellation);
        await using var second = await StageServer.StartAsync(new StageOptions { Port = first.Port }, _session, Cancellation);

        Assert.Null(first.MovedFrom);
        Assert.Equal(first.Port, second.MovedFrom);
        Assert.InRange(second.Port, first.Port + 1, first.Port + 63);
        Assert.Equal($"http://127.0.0.1:{second.Port}", second.Url);
        using var http = new HttpClient();
        Assert.Contains("QuantumImprov", await http.GetStringAsync(second.Url, Cancellation));
    }

    [Fact]
    public async Task When_every_port_is_taken_one_sentence_says_which()
    {
        await using var first = await StageServer.StartAsync(AnyPort, _session, Cancellation);
        var e = await Assert.ThrowsAsync<IOException>(() => StageServer.StartAsync(new StageOptions { Port = first.Port, PortsToTry = 1 }, _session, Cancellation));
        Assert.Equal($"The stage found every port from {first.Port} to {first.Port} taken; choose another one, or 0 for any free port.", e.Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public async Task An_impossible_port_is_refused_in_one_sentence(int port)
    {
        var e = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => StageServer.StartAsync(new StageOptions { Port = port }, _session, Cancellation));
        Assert.StartsWith($"The stage's port is {port}; allowed is 0 to 65535.", e.Message);
    }

    [Fact]
    public async Task Only_loopback_is_listened_on()
    {
        await using var server = await StageServer.StartAsync(AnyPort, _session, Cancellation);
        var foreign = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), AddressFamily.InterNetwork, Cancellation)).FirstOrDefault(a => !IPAddress.IsLoopback(a));
        if (foreign is null) Assert.Skip("This machine has no address but loopback.");

        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(async () => await socket.ConnectAsync(new IPEndPoint(foreign, server.Port), Cancellation));
    }

    [Fact]
    public async Task Every_answer_carries_the_protecting_headers()
    {
        await using var server = await StageServer.StartAsync(AnyPort, _session, Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };
        foreach (var path in new[] { "/", "/main.js", "/nothing", "/live" })
        {
            using var answer = await http.GetAsync(path, Cancellation);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/live", HttpStatusCode.BadRequest)]
    [InlineData("/../QuantumImprov.sln", HttpStatusCode.NotFound)]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd", HttpStatusCode.NotFound)]
    [InlineData("/index.html", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_is_one_sentence(string path, HttpStatusCode status)
    {
        await using var server = await StageServer.StartAsync(AnyPort, _session, Cancellation);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(server.Url + path, Cancellation);
        Assert.Equal(status, answer.StatusCode);
        Assert.EndsWith(".", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Only_GET_and_HEAD_are_methods_here()
    {
        await using var server = await StageServer.StartAsync(AnyPort, _session, Cancellation);
        using var http = new HttpClient();
        using var posted = await http.PostAsync(server.Url + "/", null, Cancellation);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, server.Url + "/"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.True(head.Content.Headers.ContentLength > 1000);
    }

    private static async Task<int> WeighAsync(HttpClient http, string name, string type)
    {
        using var answer = await http.GetAsync("/" + name, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length;
    }
}
