using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using QuantumImprov.Host.Stage;
using Xunit;

namespace QuantumImprov.Host.Tests.Stage;

/// <summary>A page without a browser: one WebSocket to a stage.</summary>
internal sealed class StageClient : IDisposable
{
    /// <summary>How long any wait may take before it fails the test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private HttpMessageInvoker? _invoker;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    /// <summary>Connects and takes the greeting.</summary>
    public static Task<StageClient> OpenAsync(StageServer server, string? origin = null) => OpenAsync(server.Port, origin);

    /// <summary>The same on a port of this machine.</summary>
    public static async Task<StageClient> OpenAsync(int port, string? origin = null)
    {
        var client = await ConnectAsync(port, origin);
        Assert.Equal("hello", (await client.NextAsync())?.GetProperty("type").GetString());
        return client;
    }

    /// <summary>Connects like <see cref="OpenAsync"/>, with a connection that holds little of what is not read.</summary>
    public static async Task<StageClient> OpenNarrowAsync(StageServer server)
    {
        var client = new StageClient();
        var narrow = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 65536 };
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var limit = Limit();
        client._invoker = new HttpMessageInvoker(narrow);
        await client._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Port}/live"), client._invoker, limit.Token);
        Assert.Equal("hello", (await client.NextAsync())?.GetProperty("type").GetString());
        return client;
    }

    /// <summary>Connects only; <paramref name="host"/> and <paramref name="origin"/> are sent as they are.</summary>
    public static Task<StageClient> ConnectAsync(StageServer server, string? origin = null, string? host = null) => ConnectAsync(server.Port, origin, host);

    private static async Task<StageClient> ConnectAsync(int port, string? origin, string? host = null)
    {
        var client = new StageClient();
        client._socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) client._socket.Options.SetRequestHeader("Origin", origin);
        if (host is not null) client._socket.Options.SetRequestHeader("Host", host);
        using var limit = Limit();
        await client._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), limit.Token);
        return client;
    }

    public async Task SendAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        using var limit = Limit();
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), type, true, limit.Token);
    }

    /// <summary>The next message; null when the connection has been closed.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        using var limit = Limit();
        using var message = new MemoryStream();
        var buffer = new byte[8192];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, limit.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) continue;
            var told = JsonDocument.Parse(message.ToArray()).RootElement;
            StageContract.AssertFromHost(told);
            return told;
        }
    }

    /// <summary>The next message of <paramref name="type"/>, passing over others.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (await NextAsync() is { } message)
        {
            if (message.GetProperty("type").GetString() == type) return message;
        }

        throw new InvalidOperationException($"The connection was closed ({CloseReason}) before a message of type {type} came.");
    }

    /// <summary>Reads until the connection is closed.</summary>
    public async Task UntilClosedAsync()
    {
        while (await NextAsync() is not null)
        {
        }
    }

    public async Task CloseAsync()
    {
        using var limit = Limit();
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", limit.Token);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _invoker?.Dispose();
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }
}
