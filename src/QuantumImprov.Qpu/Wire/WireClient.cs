using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace QuantumImprov.Qpu.Wire;

/// <summary>
/// HTTP to one vendor. Requests that are safe to repeat are repeated on 429, 500, 502, 503, 504 and lost connections, after the pause the server asks for or a growing one with jitter; others on 429 and 503 alone, which say that nothing was taken.
/// Answers are bounded in size, plain HTTP is for loopback only, and failures are values. Thread-safe. [worker]
/// </summary>
internal sealed class WireClient : IDisposable
{
    private readonly WireOptions _options;
    private readonly SocketsHttpHandler _sockets = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, UseCookies = false };
    private readonly HttpClient _client;
    private readonly ResiliencePipeline<HttpResponseMessage> _repeating, _once;

    internal WireClient(WireOptions options)
    {
        _options = options;
        _client = new HttpClient(_sockets, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        (_repeating, _once) = (Attempts(repeats: true), Attempts(repeats: false));
    }

    /// <summary>An address without its last slash, or the sentence why it cannot be used.</summary>
    internal static Uri Address(string text, string what)
    {
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) throw new QpuException($"{what} is \"{text}\"; an https:// address is needed.");
        if (uri.Scheme == "http" && !uri.IsLoopback) throw new QpuException($"{what} is \"{text}\"; plain http is allowed to this machine only.");
        return uri;
    }

    /// <summary>Sends what <paramref name="make"/> makes, anew for each attempt.</summary>
    /// <param name="make">Makes the request; asked again for each repetition, so that it is signed again.</param>
    /// <param name="safe">Whether it may be repeated when nobody knows whether it arrived.</param>
    /// <param name="stop">Ends the waiting; the reply is then silence.</param>
    internal async ValueTask<WireReply> SendAsync(Func<HttpRequestMessage> make, bool safe, CancellationToken stop)
    {
        try
        {
            using var response = await (safe ? _repeating : _once).ExecuteAsync(Attempt, (Client: this, make), stop).ConfigureAwait(false);
            var body = await ReadAsync(response, stop).ConfigureAwait(false);
            if (body is null) return new WireReply.Silence($"its answer is longer than {_options.MostBytes} bytes", true);
            var answer = new WireReply.Answer((int)response.StatusCode, body, response.Headers);
            Trace($"< {answer.Status} {Shown(answer)}");
            return answer;
        }
        catch (OperationCanceledException)
        {
            return new WireReply.Silence("it did not answer in time", true);
        }
        catch (TimeoutRejectedException)
        {
            return new WireReply.Silence("it did not answer in time", true);
        }
        catch (HttpRequestException e)
        {
            return new WireReply.Silence(Reason(e), !NeverArrived(e));
        }
        catch (IOException)
        {
            return new WireReply.Silence("the connection broke", true);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _sockets.Dispose();
    }

    private ResiliencePipeline<HttpResponseMessage> Attempts(bool repeats) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _options.Time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = _options.Repeats,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.FirstPause,
                MaxDelay = _options.LongestPause,
                ShouldHandle = arguments => ValueTask.FromResult(Repeatable(arguments.Outcome, repeats)),
                DelayGenerator = arguments => ValueTask.FromResult(Asked(arguments)),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = _options.AttemptTime })
            .Build();

    // A message cannot be sent twice: each attempt has its own, made and signed anew.
    private static async ValueTask<HttpResponseMessage> Attempt((WireClient Client, Func<HttpRequestMessage> Make) sending, CancellationToken stop)
    {
        using var request = sending.Make();
        await sending.Client.TraceAsync(request, stop).ConfigureAwait(false);
        return await sending.Client._client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
    }

    private static bool Repeatable(Outcome<HttpResponseMessage> outcome, bool repeats)
    {
        if (outcome.Exception is { } exception) return exception is HttpRequestException e ? repeats || NeverArrived(e) : repeats && exception is TimeoutRejectedException;
        return outcome.Result?.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => true,
            HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => repeats,
            _ => false,
        };
    }

    // The pause the server asks for, within reason; null: the usual one.
    private TimeSpan? Asked(RetryDelayGeneratorArguments<HttpResponseMessage> arguments)
    {
        if (arguments.Outcome.Result?.Headers.RetryAfter is not { } after) return null;
        var pause = after.Delta ?? (after.Date is { } date ? date - _options.Time.GetUtcNow() : TimeSpan.Zero);
        return pause < TimeSpan.Zero ? TimeSpan.Zero : pause > _options.LongestPause ? _options.LongestPause : pause;
    }

    private async ValueTask<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.Content.Headers.ContentLength > _options.MostBytes) return null;
        await using var stream = await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        using var kept = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0;)
        {
            if (kept.Length + read > _options.MostBytes) return null;
            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    private static bool NeverArrived(HttpRequestException e) =>
        e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError || e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable };

    private static string Reason(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name is not known here",
        HttpRequestError.ConnectionError => "it cannot be reached",
        HttpRequestError.SecureConnectionError => "its certificate was not accepted",
        _ => "the connection broke",
    };

    private void Trace(string line) => _options.Trace?.Invoke(_options.Secrets.Redactor.Clean(line));

    private static string Shown(WireReply.Answer answer) => answer.Body.Length > 4096 ? answer.Text[..Math.Min(4096, answer.Text.Length)] + "..." : answer.Text;

    private async ValueTask TraceAsync(HttpRequestMessage request, CancellationToken stop)
    {
        if (_options.Trace is null) return;
        var headers = string.Join(", ", request.Headers.Select(h => $"{h.Key}: {(Secrets.Redactor.Headers.Contains(h.Key) ? Secrets.Redactor.Mark : string.Join(' ', h.Value))}"));
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(stop).ConfigureAwait(false);
        Trace($"> {request.Method} {request.RequestUri} [{headers}] {(body.Length > 4096 ? body[..4096] + "..." : body)}");
    }
}
