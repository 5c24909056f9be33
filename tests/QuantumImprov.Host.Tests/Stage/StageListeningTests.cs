using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using QuantumImprov.Host.Stage;
using QuantumImprov.Host.Stage.Access;
using QuantumImprov.Host.Terminal;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

public sealed class StageListeningTests : IAsyncLifetime
{
    private StageListening _listening = null!;
    private StageServer _server = null!;
    private X509Certificate2? _shown;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Address => _server.FarUrls[0].Split('/')[2];

    private string Token => _server.FarUrls[0].Split('=')[1];

    public async ValueTask InitializeAsync()
    {
        Assert.True(StageListening.TryCreate("127.0.0.1", TimeProvider.System.GetUtcNow(), out var listening, out var fault), fault);
        _listening = listening!;
        _server = await StageServer.StartAsync(new StageOptions { Port = 0, Listening = _listening }, new RecordingSession(), Cancellation);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_address_with_the_token_leads_in_and_drops_it()
    {
        using var http = Browser();
        using var sent = await http.GetAsync(_server.FarUrls[0], Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal("/", sent.Headers.Location!.ToString());
        var cookie = Assert.Single(sent.Headers.GetValues("Set-Cookie"));
        foreach (var rule in new[] { "secure", "httponly", "samesite=strict" }) Assert.Contains(rule, cookie);
        Assert.Contains("<canvas", await http.GetStringAsync($"https://{Address}/", Cancellation));
        Assert.Equal(StageCertificate.Fingerprint(_listening.Certificate), StageCertificate.Fingerprint(_shown!));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/main.js")]
    [InlineData("/recordings")]
    [InlineData("/live")]
    [InlineData("/?token=")]
    [InlineData("/?token=AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/main.js?token=TOKEN")]
    public async Task Without_the_token_nothing_comes_in(string path)
    {
        using var http = Browser();
        using var answer = await http.GetAsync($"https://{Address}{path.Replace("TOKEN", Token, StringComparison.Ordinal)}", Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("The token is missing or another session's; open the address that the program showed when it started.", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("evil.example", null)]
    [InlineData("localhost:PORT", null)]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "http://127.0.0.1:PORT")]
    public async Task Even_with_the_token_a_foreign_name_or_origin_is_refused(string? host, string? origin)
    {
        var port = Address.Split(':')[1];
        using var http = Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{Address}/");
        request.Headers.Add("Cookie", $"stage={Token}");
        if (host is not null) request.Headers.Host = host.Replace("PORT", port, StringComparison.Ordinal);
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin.Replace("PORT", port, StringComparison.Ordinal));
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task The_socket_needs_the_cookie_and_speaks_then()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(""));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync("stage=wrong"));
        using var socket = await ConnectAsync($"stage={Token}");
        var buffer = new byte[8192];
        var got = await socket.ReceiveAsync(buffer.AsMemory(), Cancellation);
        Assert.StartsWith("{\"type\":\"hello\"", System.Text.Encoding.UTF8.GetString(buffer, 0, got.Count));
    }

    [Fact]
    public void The_secret_is_in_no_text_but_the_address()
    {
        Assert.Equal(22, Token.Length);
        Assert.DoesNotContain(Token, _listening.ToString() + _listening.Token);
        Assert.True(_listening.Token.Is(Token));
        Assert.False(_listening.Token.Is(null));
        Assert.NotEqual(Token, StageToken.Create().Text);
    }

    [Theory]
    [InlineData("nowhere", "--listen was given \"nowhere\"; allowed is an address of this machine, such as 192.168.1.20, 192.168.1.20:5443 or 0.0.0.0 for all of them.")]
    [InlineData("192.0.2.250", "--listen was given 192.0.2.250, which is no address of this machine; allowed is ")]
    public void An_address_that_is_none_is_refused_in_a_sentence(string text, string sentence)
    {
        Assert.False(StageListening.TryCreate(text, default, out _, out var fault));
        Assert.StartsWith(sentence, fault);
    }

    [Fact]
    public async Task A_taken_port_of_its_own_is_told()
    {
        var port = int.Parse(Address.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        var e = await Assert.ThrowsAsync<IOException>(() => StageServer.StartAsync(new StageOptions { Port = 0, Listening = _listening with { Port = port } }, new RecordingSession(), Cancellation));
        Assert.Equal($"The port {port} of --listen is taken; choose another one, or none for any free port.", e.Message);
    }

    [Fact]
    public void The_code_for_cameras_has_its_three_eyes()
    {
        var lines = QrCode.Of(_server.FarUrls[0]).Split(Environment.NewLine);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        // Two rows a line; dark is what is not lit. The quiet zone is two modules wide.
        var size = lines[0].Length;
        bool Dark(int x, int y) => lines[y / 2][x] is ' ' || lines[y / 2][x] == (y % 2 == 0 ? '▄' : '▀');
        foreach (var (left, top) in new[] { (2, 2), (size - 9, 2), (2, size - 9) })
        {
            for (var i = 0; i < 7; i++)
            {
                Assert.True(Dark(left + i, top) && Dark(left + i, top + 6) && Dark(left, top + i) && Dark(left + 6, top + i));
                Assert.Equal(i is 0 or 2 or 3 or 4 or 6, Dark(left + i, top + 3));
            }
        }
    }

    private HttpClient Browser() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = new CookieContainer(),
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                _shown = new X509Certificate2(certificate!);
                return true;
            },
        },
    });

    private async Task<ClientWebSocket> ConnectAsync(string cookie)
    {
        var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        if (cookie.Length > 0) socket.Options.SetRequestHeader("Cookie", cookie);
        await socket.ConnectAsync(new Uri($"wss://{Address}/live"), Cancellation);
        return socket;
    }
}
